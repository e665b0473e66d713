"""A small quarter, with the real verbs, the real jobs and a real mail server."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from sincerely.config.simulation.results import said
from sincerely.config.simulation.run import simulate
from sincerely.config.simulation.world import Scenario
from sincerely.hiring.models import Closure
from sincerely.hiring.models.closure import Reason
from sincerely.kernel.tenancy import across_employers
from sincerely.outbox.models import Delivery, Message

HOUR = dt.timedelta(hours=1)
SMALL = Scenario(days=30, employers=2, applications=60, seed=7, numbers=(0, 1), every=HOUR)


# Really committed: in one transaction of a hundred thousand statements, each next one is slower.
pytestmark = pytest.mark.django_db(transaction=True)


def test_in_a_small_quarter_nobody_is_left_untold_or_without_a_date() -> None:
    quarter = simulate(SMALL)
    result = said(quarter)
    assert result["applications"] == SMALL.applications
    assert result["untold"] == 0
    assert result["without_date_or_end"] == 0
    assert quarter["looked"] == SMALL.days * SMALL.employers
    assert quarter["jobs_not_closed"] == 0
    assert 0.5 < result["promises_kept"] <= 1
    assert 0.9 < result["receipts_proven"] <= 1
    low, middle, high = result["ranges"]["interruptions_per_100_phone_only"]
    assert low < middle < high
    assert result["interruptions_per_100"] < low
    everything_happens()


def everything_happens() -> None:
    """A run in which nothing goes wrong would prove nothing."""
    with across_employers():
        reasons = set(Closure.objects.values_list("reason", flat=True))
        states = set(Delivery.objects.values_list("state", flat=True))
        kinds = set(Message.objects.values_list("kind", flat=True))
    assert {Reason.HIRED, Reason.DECLINED, Reason.JOB_FILLED} <= reasons
    # Tried again during the outage, came back, delivered after all.
    assert {"queued", "sent", "relayed", "delivered", "bounced"} <= states
    assert {"receipt", "moved", "late", "reminder", "answer"} <= kinds


def test_the_same_seed_gives_the_same_quarter_to_the_id_and_the_minute() -> None:
    first, again = trace_of(seed=1), trace_of(seed=1)
    assert len(first) > 8
    assert first == again


def trace_of(seed: int) -> list[tuple[Any, ...]]:
    """Every mail and what became of it, with its id and its times; the rows are gone after it."""
    simulate(Scenario(20, 1, 8, seed=seed, numbers=(0,), every=HOUR))
    with across_employers():
        told = Message.objects.order_by("id")
        trace = list(told.values_list("id", "kind", "state", "created_at", "settled_at"))
    call_command("flush", verbosity=0, interactive=False)
    return trace
