"""Links for a caller whom the desk cannot find; the public form's tests are with careers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.link_again import ENOUGH_FOR, ask_for_links, send_link
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message
from tests.plugins.jobs import run_due_jobs


def links_at(employer: Employer) -> list[Message]:
    run_due_jobs()
    with employer.scope():
        return list(Message.objects.filter(kind="link"))


@pytest.fixture
def with_phone(cook: Job, apply: Any) -> Application:
    application: Application = apply(cook, phone="+12125550142")
    return application


@pytest.mark.parametrize("by", ["email", "phone", "reference"])
def test_whatever_the_caller_gives_the_link_goes_to_the_address_we_have(
    by: str, with_phone: Application, diner: Employer, rosa: Identity
) -> None:
    ask_for_links(employer_id=diner.pk, asked_by=rosa.pk, **{by: getattr(with_phone, by)})
    (message,) = links_at(diner)
    assert message.to_address == "jo@example.org"
    with diner.scope():
        event = with_phone.events().get(kind="link_sent")
    assert (event.by, event.actor_id, event.data) == ("Rosa", rosa.pk, {})


@pytest.mark.parametrize("by", ["email", "phone", "reference"])
def test_from_one_desk_nothing_is_sent_for_another_employer(
    by: str, with_phone: Application, diner: Employer, hospital: Employer, mallory: Identity
) -> None:
    ask_for_links(employer_id=hospital.pk, asked_by=mallory.pk, **{by: getattr(with_phone, by)})
    assert links_at(diner) == links_at(hospital) == []


def test_the_end_of_a_number_is_not_the_number(
    with_phone: Application, diner: Employer, rosa: Identity
) -> None:
    ask_for_links(employer_id=diner.pk, asked_by=rosa.pk, phone="+5550142")
    assert links_at(diner) == []


def test_ten_digits_may_be_a_reference_and_a_number_at_once(
    with_phone: Application, cook: Job, apply: Any, diner: Employer, rosa: Identity
) -> None:
    sam = apply(cook, name="Sam", email="sam@example.org")
    ask_for_links(
        employer_id=diner.pk, asked_by=rosa.pk, reference=sam.reference, phone="+12125550142"
    )
    assert {message.to_address for message in links_at(diner)} == {
        "jo@example.org",
        "sam@example.org",
    }


def test_who_gave_no_address_is_sent_nothing(
    cook: Job, apply: Any, diner: Employer, rosa: Identity
) -> None:
    lee = apply(cook, name="Lee", email="", phone="+12125550199")
    ask_for_links(employer_id=diner.pk, asked_by=rosa.pk, phone="+12125550199")
    assert links_at(diner) == []
    with diner.scope():
        assert not send_link(lee, by=rosa)
        assert not lee.events().filter(kind="link_sent").exists()


def test_within_minutes_one_link_is_enough(
    at_diner: Employer, jo: Application, rosa: Identity
) -> None:
    assert send_link(jo, by=rosa)
    assert not send_link(jo, by=rosa)
    with clock_at(now() + ENOUGH_FOR + dt.timedelta(seconds=1)):
        assert send_link(jo, by=rosa)
    assert jo.events().filter(kind="link_sent").count() == 2
