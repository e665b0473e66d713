from __future__ import annotations

import pytest

from sincerely.reading.dates import find_period


@pytest.mark.parametrize(
    ("line", "start", "end", "rest"),
    [
        ("Sept 2018 – May 2023", "2018-09", "2023-05", ""),
        ("Line Cook 2014 - 2016", "2014", "2016", "Line Cook"),
        ("06/2019 - 08/2021 Line Cook", "2019-06", "2021-08", "Line Cook"),
        ("2016/09 - now", "2016-09", "", ""),
        ("2015 / 07 - University of Cork", "2015-07", "", "University of Cork"),
        ("since March 2020", "2020-03", "", ""),
        ("Köchin, seit Mai 2020", "2020-05", "", "Köchin"),
        ("juil. 2018 à aujourd’hui", "2018-07", "", ""),
        ("Camarera (enero 2017 - dic. 2019)", "2017-01", "2019-12", "Camarera"),
        ("Line Cook | Dublin | Jun '18 to Aug '21", "2018-06", "2021-08", "Line Cook | Dublin"),
        ("2023", "2023", "", ""),
    ],
)
def test_periods_are_found_as_people_write_them(line: str, start: str, end: str, rest: str) -> None:
    period = find_period(line)
    assert period is not None
    assert (period.start, period.end, period.rest) == (start, end, rest)


@pytest.mark.parametrize(
    "line", ["Line Cook", "Room 12019", "+353 1 555 0123", "Version 1.2", "34 covers", "/2018/x"]
)
def test_other_numbers_are_no_period(line: str) -> None:
    assert find_period(line) is None
