from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.kernel.limits import Limit, TooMany, count_use, forget_old_counts, forgive
from sincerely.kernel.models import Counter

pytestmark = pytest.mark.django_db
TWICE = Limit("twice", most=2, per=dt.timedelta(hours=1))
OFTEN = Limit("often", most=100, per=dt.timedelta(minutes=1))


def test_a_limit_is_counted_for_each_address_alone() -> None:
    for _ in range(2):
        count_use({TWICE: "192.0.2.1"})
    count_use({TWICE: "192.0.2.2"})
    with pytest.raises(TooMany) as refused:
        count_use({TWICE: "192.0.2.1"})
    assert refused.value.limit == TWICE


def test_several_limits_take_one_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        count_use({TWICE: "192.0.2.1", OFTEN: "form"})
    assert len(queries) == 1


def test_a_window_that_is_over_counts_from_one_again() -> None:
    for _ in range(2):
        count_use({TWICE: "192.0.2.1"})
    age(dt.timedelta(hours=2))
    count_use({TWICE: "192.0.2.1"})
    assert Counter.objects.get().count == 1


def test_what_is_forgiven_counts_from_one_again() -> None:
    for whom in ("192.0.2.1", "192.0.2.2"):
        count_use({TWICE: whom, OFTEN: "form"})
    forgive({TWICE: "192.0.2.1"})
    counts = dict(Counter.objects.values_list("key", "count"))
    assert counts == {"twice:192.0.2.2": 1, "often:form": 2}


def test_old_counts_are_forgotten() -> None:
    count_use({TWICE: "192.0.2.1"})
    age(dt.timedelta(days=3))
    assert forget_old_counts() == 1
    assert not Counter.objects.exists()


def age(by: dt.timedelta) -> None:
    for counter in Counter.objects.all():
        Counter.objects.filter(pk=counter.pk).update(since=counter.since - by)
