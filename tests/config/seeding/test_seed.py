from __future__ import annotations

import pytest
from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.config.seeding.seed import fill, job_sizes, seed
from sincerely.hiring.lookup import look_up
from sincerely.hiring.models import (
    Application,
    Candidate,
    Closure,
    NameKey,
    Promise,
    Reference,
    StageEntry,
)
from sincerely.kernel.models import Event
from sincerely.outbox.models import Delivery, Message

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_seeded_application_is_whole() -> None:
    seed(employers=2, candidates=200, applications=240)
    for employer in Employer.objects.all():
        with employer.scope():
            assert Candidate.objects.count() == 100
            assert Application.objects.count() == 120
            assert StageEntry.objects.count() == Promise.objects.count() == 120
            assert Event.objects.filter(kind="applied").count() == 120
            assert Message.objects.count() == Delivery.objects.count() == 120
            ended = Application.objects.exclude(ended_at=None).count()
            assert Closure.objects.count() == ended > 0
            one = Application.objects.order_by("?").select_related("candidate")[0]
            assert one.candidate.name == one.name
            assert NameKey.objects.filter(application=one).exists()
            assert Reference.objects.get(pk=one.reference).application_key == one.pk
            assert one.pk in [found.application_id for found in look_up(one.email)]
            assert one.receipt.to_address == one.email
            assert one.receipt.deliveries.get().state == one.receipt.state
            assert one.job.applications.filter(pk=one.pk).exists()


def test_the_same_seed_gives_the_same_people_and_another_seed_gives_others() -> None:
    assert _first_person(salt=1) == _first_person(salt=1) != _first_person(salt=2)


def _first_person(salt: int) -> tuple[str, str, str]:
    with transaction.atomic():
        fill(employers=1, candidates=20, applications=20, salt=salt)
        with Employer.objects.get().scope():
            first = Application.objects.order_by("applied_at")[0]
        transaction.set_rollback(True)
    return first.name, first.phone, first.reference


def test_a_large_employer_has_a_job_with_twenty_thousand_applications() -> None:
    assert job_sizes(1_000_000)[:3] == [20_000, 1_000, 500]
    assert sum(job_sizes(1_000_000)) == 1_000_000
    assert sum(job_sizes(7)) == 7
