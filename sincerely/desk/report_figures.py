"""Each figure of the reports: number, sentence, what it leaves out, chart and table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sincerely.desk.charts import Bars, Columns, bars, columns
from sincerely.hiring.figure_words import counted, in_days, percent
from sincerely.hiring.figures import Figures, Stay
from sincerely.hiring.figures_sql import SPREAD

MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """`headline` is the number in large type, `table` a header and rows (numbers or words)."""

    slug: str
    title: str
    headline: str
    sentence: str
    definition: str
    table: tuple[Sequence[str], Sequence[Sequence[Any]]]
    left_out: str = ""
    chart: Bars | Columns | None = None


def promises(of: Figures) -> Figure:
    found = of.promises()
    due = found.kept + found.missed
    names = [_month(each.first) if found.by_month else _day(each.first) for each in found.steps]
    parts = list(zip(names, found.steps, strict=True))
    left_out = []
    if found.running:
        left_out.append(f"{counted(found.running, 'date')} still to come")
    if found.unproven:
        left_out.append(f"{counted(found.unproven, 'date')} without proof either way")
    return Figure(
        "promises",
        "Promises kept",
        percent(found.share),
        f"{found.kept} of {counted(due, 'date')} that fell due "
        f"{'was' if due == 1 else 'were'} kept."
        if due
        else "No date has fallen due.",
        "A promise is the date by which an applicant was told they hear next. It counts as kept "
        "when there is proof that they heard by that day: a message that was delivered or relayed, "
        "or a conversation somebody logged. What is only queued or sent keeps nothing.",
        (
            ("Month" if found.by_month else "Week from", "Kept", "Missed"),
            [(each.first, each.kept, each.missed) for each in found.steps],
        ),
        _not_counted(left_out),
        columns([(name, each.kept, each.missed) for name, each in parts], "Kept", "Missed")
        if parts
        else None,
    )


def first_answer(of: Figures) -> Figure:
    found = of.answers()
    waiting = found.applications - found.answered
    names = ["The same day", *(f"{low} to {high} days" for low, high in SPREAD[1:-1])]
    rows = list(zip([*names, f"{SPREAD[-1][0]} days or more"], found.spread, strict=False))
    return Figure(
        "first-answer",
        "First human answer",
        in_days(found.p50),
        f"Half of those who heard from a person did within {in_days(found.p50)}, nine tenths "
        f"within {in_days(found.p90)}."
        if found.answered
        else "Nobody has heard from a person yet.",
        "From the application to the first proof that a person’s word arrived: a move, a decision "
        "or a reply that was delivered or relayed, or a call or visit somebody logged. Receipts "
        "and automatic answers do not count.",
        (("Time to the first human answer", "Applicants"), rows),
        f"Not counted: {waiting} of {counted(found.applications, 'applicant')} who "
        f"{'has' if waiting == 1 else 'have'} heard from nobody yet."
        if waiting
        else "",
        bars([(name, str(count), count) for name, count in rows]) if found.answered else None,
    )


def stages(of: Figures) -> Figure:
    found = of.stays()
    left = [stay for stay in found if stay.p50 is not None]
    slowest = max(left, key=lambda stay: stay.p50 or 0, default=None)
    running = sum(stay.running for stay in found)
    return Figure(
        "stages",
        "Time in each stage",
        in_days(slowest.p50) if slowest else "–",
        f"{slowest.stage} takes longest: half of them leave it within {in_days(slowest.p50)}."
        if slowest
        else "Nobody has left a stage yet.",
        "From coming into a stage to leaving it, for another one or by the end of the application.",
        (
            ("Stage", "Left it", "Half within (days)", "Nine tenths within (days)", "Still in it"),
            [
                (stay.stage, stay.ended, _tenth(stay.p50), _tenth(stay.p90), stay.running)
                for stay in found
            ],
        ),
        f"Not counted: {running} who {'is' if running == 1 else 'are'} still in a stage."
        if running
        else "",
        bars([(stay.stage, _stay(stay), stay.p50 or 0) for stay in left]) if left else None,
    )


def follow_ups(of: Figures) -> Figure:
    found = of.follow_ups()
    rows = [(channel, asked, person) for channel, asked, person in found.channels]
    per_100 = "–" if found.per_100 is None else f"{found.per_100:.0f}"
    return Figure(
        "follow-ups",
        "Follow-ups per 100 applications",
        per_100,
        f"{counted(found.asked, 'follow-up')} to {counted(found.applications, 'application')}; "
        f"{found.needed_a_person or 'none'} needed a person.",
        "Each time an applicant asked about an application of this period: on the status page, by "
        "e-mail, or by a call, voicemail or visit somebody logged. A question, an adjustment or a "
        "problem needs a person, and so does whatever is spoken.",
        (("Channel", "Follow-ups", "Needed a person"), rows),
        chart=bars(
            [(name, f"{asked} · {person} needed a person", asked) for name, asked, person in rows]
        )
        if rows
        else None,
    )


def interruptions(of: Figures) -> Figure:
    found = of.follow_ups()
    rows = [
        ("Follow-ups answered by themselves", found.asked - found.needed_a_person),
        ("Further messages answered by themselves", found.further),
        ("Needed a person", found.needed_a_person),
    ]
    times = "time" if found.avoided == 1 else "times"
    return Figure(
        "interruptions",
        "Interruptions avoided",
        str(found.avoided),
        f"{found.avoided} {times} an applicant asked and was answered without anybody being rung.",
        "Follow-ups on the page and by e-mail that were answered at once by the true state, and "
        "further messages whose automatic answer arrived. Looking at the status page instead of "
        "calling is not guessed at, and not in this number.",
        (("Answer", "Times"), rows),
        chart=bars([(name, str(count), count) for name, count in rows])
        if any(count for _, count in rows)
        else None,
    )


def receipts(of: Figures) -> Figure:
    found = of.answers()
    unproven = found.receipts - found.receipts_proven
    rows = [("Proven to have arrived", found.receipts_proven), ("Not proven", unproven)]
    left_out = []
    if found.without_address:
        left_out.append(f"{counted(found.without_address, 'application')} without an address")
    if found.receipts_on_their_way:
        left_out.append(f"{found.receipts_on_their_way} of the last day, not proven yet")
    return Figure(
        "receipts",
        "Receipts proven",
        percent(found.receipts_share),
        f"{found.receipts_proven} of {counted(found.receipts, 'receipt')} "
        f"{'are' if found.receipts != 1 else 'is'} proven to have arrived."
        if found.receipts
        else "No receipt is old enough to tell.",
        "An application’s receipt is proven when the mail server of the applicant’s side reported "
        "it as relayed or delivered, and it did not come back. An unproven one counts from a day "
        "after it was sent.",
        (("Receipt", "Applications"), rows),
        _not_counted(left_out),
        bars([(name, str(n), n) for name, n in rows], most=found.receipts)
        if found.receipts
        else None,
    )


def untold(of: Figures) -> Figure:
    found = of.owed()
    rows = [
        ("Do not know how it ended", found.untold),
        ("Still open, and the date given has passed", found.late),
    ]
    return Figure(
        "untold",
        "Untold now",
        str(found.untold),
        f"{counted(found.untold, 'applicant')} "
        f"{'does' if found.untold == 1 else 'do'} not provably know how it ended; "
        f"{found.late} more {'waits' if found.late == 1 else 'wait'} beyond the date they were "
        "given.",
        "As of now, whatever the period: ends that were decided, whose undo window is over, and "
        "for which neither a delivered message nor a conversation shows that the applicant knows.",
        (("Who", "Applicants"), rows),
        chart=bars([(name, str(n), n) for name, n in rows]) if found.untold + found.late else None,
    )


def sources(of: Figures) -> Figure:
    found = of.reached().sources
    rows = [(source.name or "Not said", source.applications, source.hired) for source in found]
    shown = [(name, f"{n} · {hired} hired", n) for name, n, hired in rows[:MOST_SOURCES]]
    return Figure(
        "sources",
        "Sources",
        rows[0][0] if rows else "–",
        f"Most came this way: {rows[0][1]} of {sum(row[1] for row in rows)}."
        if rows
        else "Nobody applied.",
        "What the application came with as its source. Hired counts ends of these applications, "
        "whenever they were decided.",
        (("Source", "Applications", "Hired"), rows),
        f"The chart shows the first {MOST_SOURCES}." if len(rows) > MOST_SOURCES else "",
        bars(shown) if shown else None,
    )


def funnel(of: Figures) -> Figure:
    found = of.reached().funnel
    applied, hired = found[0][1], found[-1][1]
    rows = [(name, count, percent(count / applied if applied else None)) for name, count in found]
    return Figure(
        "funnel",
        "How far they came",
        f"{hired} hired",
        f"Of {counted(applied, 'application')}, {hired} ended with a hire so far.",
        "Each application of the period counts for every stage up to the furthest it ever came to.",
        (("Stage", "Applications", "Share"), rows),
        chart=bars([(name, f"{count} · {part}", count) for name, count, part in rows])
        if applied
        else None,
    )


FIGURES: dict[str, Callable[[Figures], Figure]] = {
    "untold": untold,
    "promises": promises,
    "first-answer": first_answer,
    "stages": stages,
    "follow-ups": follow_ups,
    "interruptions": interruptions,
    "receipts": receipts,
    "sources": sources,
    "funnel": funnel,
}


def summary(of: Figures) -> str:
    """The one sentence that matters."""
    found, owed = of.promises(), of.owed()
    due = found.kept + found.missed
    kept = f"You kept {found.kept} of the {counted(due, 'date')} you gave" if due else ""
    waits = []
    if owed.untold:
        people = "person does" if owed.untold == 1 else "people do"
        waits.append(f"{owed.untold} {people} not know yet how it ended")
    if owed.late:
        people = "person waits" if owed.late == 1 else "people wait"
        waits.append(f"{owed.late} {people} beyond the date they were given")
    if not waits:
        return f"{kept or 'No date has fallen due'}, and nobody is left untold."
    return f"{'; '.join(filter(None, [kept, ', and '.join(waits)]))}."


def _not_counted(parts: list[str]) -> str:
    return f"Not counted: {', and '.join(parts)}." if parts else ""


def _tenth(days: float | None) -> str:
    return "" if days is None else f"{days:.1f}"


def _stay(stay: Stay) -> str:
    return f"{in_days(stay.p50)} · nine tenths within {in_days(stay.p90)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b}"


def _month(day: dt.date) -> str:
    return f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"
