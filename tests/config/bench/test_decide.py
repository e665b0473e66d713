from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from sincerely.config.bench import decide
from sincerely.config.command import needs_database
from sincerely.hiring.verdict_mix import DECIDING


def test_the_verdicts_are_counted_by_rule_and_told_as_one_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decide, "CASES", 2_000)
    monkeypatch.setattr(decide, "ROUNDS", 3)
    out = io.StringIO()
    call_command("bench", "decide", "--json", stdout=out, stderr=io.StringIO())
    result = json.loads(out.getvalue().splitlines()[-1])
    assert result["work"] == "decide"
    assert result["verdicts"] == 6_000
    assert set(result["decided"]) == set(DECIDING)
    assert sum(result["decided"].values()) == 2_000
    assert all(result["decided"].values())
    assert 0 < result["p50_us"] <= result["p99_us"]
    assert result["rate_per_s"] > 0


def test_deciding_needs_no_database() -> None:
    assert not needs_database(["bench", "decide", "--json"])
    assert needs_database(["bench", "lookup"])
