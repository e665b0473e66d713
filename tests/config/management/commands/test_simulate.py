from __future__ import annotations

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sincerely.config.simulation import report
from sincerely.config.simulation.parts import Whole
from sincerely.config.simulation.results import said


def test_the_assumptions_can_be_read_without_a_run() -> None:
    out = StringIO()
    call_command("simulate", "--parameters", stdout=out)
    table = json.loads(out.getvalue())
    assert table["never_hears"]["low"] == 0.33
    assert all(rate["source"] for rate in table.values())


@pytest.mark.parametrize("asked", [["--days", "5"], ["--employers", "3", "--applications", "2"]])
def test_what_cannot_be_simulated_is_refused(asked: list[str]) -> None:
    with pytest.raises(CommandError, match="at least"):
        call_command("simulate", *asked)


def test_each_employer_is_simulated_by_one_process_and_no_application_is_lost() -> None:
    whole = Whole(days=90, employers=7, applications=100, seed=1, processes=3)
    parts = [whole.part(number) for number in range(3)]
    assert sorted(number for part in parts for number in part.numbers) == list(range(7))
    sent = [part.applications_of(number) for part in parts for number in part.numbers]
    assert sum(sent) == 100


def test_the_report_never_gives_one_number_alone() -> None:
    sums = Counter(applications=200, kept=90, missed=10, receipts=100, receipts_proven=99)
    sums.update(low_calls=2, middle_calls=4, high_calls=6, high_questions=2)
    sums.update(low_without=40, middle_without=80, high_without=160, not_told=1)
    result = {"employers": 2, **said(sums)}
    assert result["untold"] == 1
    assert result["promises_kept"] == 0.9
    assert result["ranges"]["interruptions_per_100"] == [1.0, 2.0, 4.0]
    text = report.told(result)
    assert "1.0 to 4.0 interruptions with it, 20.0 to 80.0 without" in text
    assert "90.0 % of 100" in text


def test_the_bar_goes_by_the_slowest_part() -> None:
    out = StringIO()
    out.write = lambda text, ending="": StringIO.write(out, text + ending)  # type: ignore[method-assign,assignment]
    bar = report.Bar(out, days=90)
    bar(0, 60, 500)
    bar(1, 45, 400)
    assert "day  45 of 90" in out.getvalue()
    assert "900 applications" in out.getvalue()
