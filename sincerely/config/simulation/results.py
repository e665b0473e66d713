"""What a simulated quarter came to: sums that can be added over processes, and what they say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from sincerely.config.simulation.comparison import LEVELS, compare
from sincerely.config.simulation.watching import Watch, untold
from sincerely.config.simulation.working import Worker
from sincerely.config.simulation.world import BEGINS, House, Scenario
from sincerely.hiring.figures import Figures
from sincerely.hiring.models import Application, ApplicationDraft, Call, Job, Promise
from sincerely.hiring.models.job import JobState
from sincerely.hiring.period import Period
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message

CONTACTS = {
    "interruptions_per_100": ("calls", "questions"),
    "interruptions_per_100_phone_only": ("without",),
    "calls_per_100": ("calls",),
    "calls_per_100_without": ("calls_without",),
}


def results_of(
    scenario: Scenario, houses: list[House], watch: Watch, worker: Worker
) -> Counter[str]:
    """All of it as of now: by the product's own figures where it has them."""
    found: Counter[str] = Counter()
    for house in houses:
        with house.employer.scope():
            found += _of_house(scenario, house)
            found += untold(house)
            found += compare(house)
    found["without_date_or_end"] = len(watch.without)
    found["late_without_address"] = len(watch.late)
    found["looked"] = watch.looked
    found["jobs_run"] = sum(worker.ran.values())
    return found


def _of_house(scenario: Scenario, house: House) -> Counter[str]:
    first, last = BEGINS.date(), scenario.ends.date() + dt.timedelta(days=60)
    figures = Figures(house.employer, Period(first, last, house.employer.time_zone))
    promises, answers, follow_ups = figures.promises(), figures.answers(), figures.follow_ups()
    mails = Message.objects.filter(about_id__isnull=False)
    return Counter(
        employers=1,
        applications=Application.objects.count(),
        too_late=ApplicationDraft.objects.count(),
        promises=Promise.objects.count(),
        kept=promises.kept,
        missed=promises.missed,
        unproven=promises.unproven,
        receipts=answers.receipts,
        receipts_proven=answers.receipts_proven,
        answered_by_itself=follow_ups.avoided,
        mails=mails.count(),
        mails_unreached=mails.filter(state__in=("bounced", "failed")).count(),
        late_notes=mails.filter(kind="late").count(),
        reminders=Message.objects.filter(kind="reminder").count(),
        calls_by_us=Call.objects.filter(by_us=True).count(),
        taken_back=Event.objects.filter(kind__in=("move_undone", "closure_undone")).count(),
        jobs=Job.objects.count(),
        jobs_not_closed=Job.objects.exclude(state=JobState.CLOSED).count(),
    )


def said(sums: Counter[str]) -> dict[str, Any]:
    """The object of `simulate --json`: shares between 0 and 1, contacts per 100 applications, and
    each of these from the lowest to the highest level of the assumptions in `ranges`."""
    ranges = {
        name: [_per_100(sums, *(f"{level}_{what}" for what in counted)) for level in LEVELS]
        for name, counted in CONTACTS.items()
    }
    middle = LEVELS.index("middle")
    return {
        "applications": sums["applications"],
        "untold": sums["without_end"] + sums["not_told"],
        "without_date_or_end": sums["without_date_or_end"],
        "promises_kept": _share(sums["kept"], sums["kept"] + sums["missed"]),
        "receipts_proven": _share(sums["receipts_proven"], sums["receipts"]),
        **{name: each[middle] for name, each in ranges.items()},
        "ranges": ranges,
        "sums": {
            name: number
            for name, number in sorted(sums.items())
            if name.partition("_")[0] not in LEVELS
        },
    }


def _per_100(sums: Counter[str], *names: str) -> float:
    return round(100 * sum(sums[name] for name in names) / max(sums["applications"], 1), 1)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
