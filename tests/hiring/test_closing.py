from __future__ import annotations

from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.closing import close_out, end_applications
from sincerely.hiring.models import Application, CannotDo, Job, Reason
from sincerely.hiring.wording import DEFAULTS
from sincerely.outbox.models import Message

WORDS = DEFAULTS["job_filled"]


def run_close_out(job: Job, by: Identity) -> None:
    end_applications(
        employer_id=str(job.employer_id),
        job_id=str(job.pk),
        reason="job_filled",
        by=str(by.pk),
        subject=WORDS.subject,
        body=WORDS.body,
    )


def test_a_job_closes_only_when_everyone_in_it_was_told(
    cook: Job, apply: Callable[..., Application], rosa: Identity, at_diner: Employer
) -> None:
    people = [apply(cook, email=f"{n}@example.org") for n in range(3)]
    close_out(cook, Reason.JOB_FILLED, by=rosa, message=WORDS)
    run_close_out(cook, rosa)
    assert {person.closure.reason for person in people if person.closure} == {"job_filled"}
    for number, message in enumerate(Message.objects.filter(kind="job_filled")):
        cook.refresh_from_db()
        assert cook.state == "closing", number
        message.settle(Message.State.SENT, source="smtp reply")
        message.settle(Message.State.RELAYED, source="dsn")
    cook.refresh_from_db()
    assert cook.state == "closed"


def test_a_job_without_applicants_closes_at_once(
    cook: Job, rosa: Identity, at_diner: Employer
) -> None:
    close_out(cook, Reason.JOB_CANCELLED, by=rosa, message=WORDS)
    run_close_out(cook, rosa)
    cook.refresh_from_db()
    assert cook.state == "closed"


def test_the_job_may_run_twice_and_leaves_earlier_ends_alone(
    cook: Job, apply: Callable[..., Application], rosa: Identity, at_diner: Employer
) -> None:
    declined, other = apply(cook, email="a@example.org"), apply(cook, email="b@example.org")
    declined.decline(by=rosa)
    close_out(cook, Reason.JOB_FILLED, by=rosa, message=WORDS)
    run_close_out(cook, rosa)
    run_close_out(cook, rosa)
    assert declined.closure
    assert declined.closure.reason == "declined"
    assert other.messages().filter(kind="job_filled").count() == 1


def test_a_job_cannot_be_closed_twice(cook: Job, rosa: Identity, at_diner: Employer) -> None:
    close_out(cook, Reason.JOB_FILLED, by=rosa, message=WORDS)
    with pytest.raises(CannotDo, match="closing"):
        close_out(cook, Reason.JOB_FILLED, by=rosa, message=WORDS)
