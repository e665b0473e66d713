"""The core: facts, a rulebook and a day go in, one verdict comes out."""

from __future__ import annotations

from datetime import date

from sincerely.protocol.facts import Facts
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.situation import Situation
from sincerely.protocol.verdict import Verdict


def decide(facts: Facts, rules: Rulebook, today: date) -> Verdict:
    """The verdict on these facts on this day: the first rule from the top that matches.

    Pure and total: any well-typed facts get a verdict, whatever their days.
    """
    situation = Situation(facts, rules, today)
    table = situation.table
    for row in table.rows[situation.bits]:
        if row[0](situation):
            break
    _when, advise, because, notes = row
    if notes:
        because += tuple(note for note in notes if note.when(situation))
    action, to, not_before, until, alternatives, uses_follow_up = advise(situation)
    return Verdict(
        action,
        to,
        not_before,
        until,
        situation.promise.due_on if situation.running and situation.promise else None,
        because,
        table.never_but_call if action == "call" else table.never,
        alternatives,
        uses_follow_up,
    )
