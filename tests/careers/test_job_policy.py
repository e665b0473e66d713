"""A job with a contact policy of its own: what applicants read, wherever they look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job, PolicyVersion
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from tests.careers.conftest import text_of

OWN = {"stance": "calls_welcome", "phone": "+1 202 555 0123"}
JOB = "/e/blue-spoon/jobs/line-cook/"


@pytest.fixture
def own_policy(cook: Job, diner: Employer) -> PolicyVersion:
    with diner.scope():
        version: PolicyVersion = PolicyVersion.objects.create(job=cook, published=OWN)
    return version


def status_page(application: Application, visitor: Client) -> str:
    return text_of(visitor.get(f"/a/{status_token(application)}/"))


def receipt_of(application: Application) -> str:
    with application.employer.scope():
        receipt = application.receipt
        assert receipt is not None
        return " ".join(receipt.text.split())


def test_the_jobs_own_policy_stands_on_its_page_in_the_receipt_and_on_the_status_page(
    own_policy: PolicyVersion, cook: Job, apply: Callable[..., Application], visitor: Client
) -> None:
    jo = apply(cook)
    for text in (text_of(visitor.get(JOB)), receipt_of(jo), status_page(jo, visitor)):
        assert "You are welcome to call once" in text
        assert "+1 202 555 0123" in text
    assert "You are welcome to call" not in text_of(visitor.get("/e/blue-spoon/"))


def test_an_application_keeps_the_jobs_policy_that_stood_when_it_was_sent(
    own_policy: PolicyVersion,
    cook: Job,
    diner: Employer,
    apply: Callable[..., Application],
    visitor: Client,
) -> None:
    jo = apply(cook)
    with clock_at(clock.now() + dt.timedelta(hours=1)):
        with diner.scope():
            PolicyVersion.objects.create(job=cook, published=None)
        assert "Please do not call" in text_of(visitor.get(JOB))
        assert "You are welcome to call once" in status_page(jo, visitor)
        later = apply(cook, name="Lee Hart", email="lee@example.org")
        assert "Please do not call" in status_page(later, visitor)
        assert "Please do not call" in receipt_of(later)


def test_a_change_planned_after_the_application_does_not_reach_it(
    own_policy: PolicyVersion,
    cook: Job,
    diner: Employer,
    apply: Callable[..., Application],
    visitor: Client,
) -> None:
    jo = apply(cook)
    begins = clock.now() + dt.timedelta(days=30)
    with diner.scope():
        PolicyVersion.objects.create(job=cook, published={"wait_days": 21}, in_force_from=begins)
    assert "You are welcome to call once" in text_of(visitor.get(JOB))
    with clock_at(begins + dt.timedelta(days=1)):
        assert "21 days" in text_of(visitor.get(JOB))
        assert "You are welcome to call once" in status_page(jo, visitor)
