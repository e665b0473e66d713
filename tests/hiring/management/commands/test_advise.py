"""The command itself, without a database."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def advise(*arguments: str, typed: str = "", monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    call_command("advise", *arguments, stdout=out)
    return out.getvalue()


def verdict(*arguments: str, facts: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    printed = advise(*arguments, typed=json.dumps(facts), monkeypatch=monkeypatch)
    found: dict[str, Any] = json.loads(printed)
    return found


def test_facts_go_in_and_a_verdict_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"applied_on": "2026-11-01", "today": "2026-12-03", "job": "Nurse"}
    found = verdict(facts=facts, monkeypatch=monkeypatch)
    assert found["action"] == "email"
    assert found["because"][0]["rule"] == "unknown-employer"
    assert found["draft"]["subject"] == "My application: Nurse"


def test_the_command_line_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"applied_on": "2026-11-01", "today": "2026-11-02"}', encoding="utf-8-sig")
    printed = advise(str(file), "--today", "2026-12-03", "--rules", "A", monkeypatch=monkeypatch)
    assert json.loads(printed)["because"][0]["rule"] == "unknown-employer-call"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "facts: is not JSON"),
        ("[1", "facts: is not JSON"),
        ("[" * 100_000, "facts: "),
        ('{"staff": ' + "9" * 5000 + "}", "facts: is nested too deeply or holds too long a number"),
        ("[]", "facts: must be a JSON object"),
        ('{"applied_on": "soon"}', "applied_on: must be a day like 2026-12-03"),
        ('{"policy": {"stance": "shout"}}', "policy.stance: must be one of email_once"),
    ],
)
def test_a_mistake_is_one_clear_line(
    typed: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError) as refused:
        advise(typed=typed, monkeypatch=monkeypatch)
    assert str(refused.value).startswith(problem)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=r"nothing\.json: cannot be read"):
        advise(str(tmp_path / "nothing.json"), monkeypatch=monkeypatch)


def test_the_terminal_asks_and_answers_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "1\n2026-11-01\n2\n\n\n1\n1\n"
    shown = advise("--ask", "--today", "2026-12-03", typed=typed, monkeypatch=monkeypatch)
    assert "Did you send your application?" in shown
    assert "You may write one e-mail to the recruiter, from today." in shown
    assert "Subject: My application" in shown


def test_the_terminal_asks_again_after_an_answer_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = "9\n2\n2030-01-01\n2026-12-01\n1\n2\n"
    shown = advise("--ask", "--today", "2026-12-03", typed=typed, monkeypatch=monkeypatch)
    assert "Pick one of the answers." in shown
    assert "Tuesday, 1 January 2030: is the year right?" in shown
    assert "Ask support" in shown


def test_whoever_walks_away_from_the_questions_gets_no_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(CommandError, match="nothing was decided"):
        advise("--ask", typed="1\n", monkeypatch=monkeypatch)
