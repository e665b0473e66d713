from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest

from sincerely.kernel.csv_rows import MARK, csv_lines


def read(*row: Any) -> list[str]:
    text = "".join(csv_lines(["a"], [row])).removeprefix(MARK)
    return list(csv.reader(io.StringIO(text)))[1]


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("x")', "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
)
def test_what_a_spreadsheet_would_run_is_text(hostile: str) -> None:
    assert read(hostile) == [f"'{hostile}"]


def test_plain_values_stay_as_they_are() -> None:
    row = ["Siobhán, née O’Driver", 'she said "yes"', -3, None]
    assert read(*row) == ["Siobhán, née O’Driver", 'she said "yes"', "-3", ""]


def test_an_instant_is_written_in_utc() -> None:
    at = dt.datetime(2026, 7, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert read(at) == ["2026-07-01T00:00:00.000000Z"]


def test_no_rows_are_a_header() -> None:
    assert "".join(csv_lines(["at", "what"], [])) == f"{MARK}at,what\r\n"
