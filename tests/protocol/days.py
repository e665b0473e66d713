"""Days and verdicts in few letters, so that the rules' tests read as tables of dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from sincerely.protocol.decide import decide
from sincerely.protocol.facts import Contact, Facts, Promise
from sincerely.protocol.policy import Policy
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.rulebooks import B, rulebook_for
from sincerely.protocol.verdict import Verdict


def day(text: str) -> date:
    """``day("12-03")`` is 3 December 2026, a Thursday; other years are written in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def asked(on: str, **more: Any) -> Contact:
    return Contact(on=day(on), **more)


def promised(made_on: str, due_on: str, kept_on: str | None = None) -> Promise:
    return Promise(
        made_on=day(made_on), due_on=day(due_on), kept_on=day(kept_on) if kept_on else None
    )


def verdict_on(
    today: str, policy: Policy | None = None, rules: Rulebook = B, **facts: Any
) -> Verdict:
    """The verdict for an application of Sunday, 1 November 2026, unless the facts say otherwise."""
    known = {"applied_on": day("11-01"), **facts}
    return decide(Facts(**known), rulebook_for(policy, rules), day(today))


def row(verdict: Verdict) -> tuple[str, str, str]:
    """Rule, action and first day, as a line of a table."""
    first = verdict.not_before
    return verdict.rule, verdict.action, f"{first:%m-%d}" if first else ""
