"""Somebody tells us what went wrong, and waits for an answer by a day."""

from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application, Failure, FollowUp, Job
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import AccountMail, Message
from sincerely.support.models import Incident, TrailStep
from sincerely.support.noting import note
from sincerely.support.reporting import hear_by_mail
from tests.support.conftest import DAY, TUESDAY, failed, fresh, tell


def about(jo: Application, **more: object) -> Incident:
    """A failure of ours about Jo's application that she reports."""
    known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email, **more))
    assert known
    return tell(known.code)


def test_a_report_gets_a_day_and_a_mail(tuesday: dt.datetime, cook: Job) -> None:
    known = note(failed(job="line-cook"))
    assert known
    incident = tell(known.code, did="I pressed send.\nTwice.")
    assert incident == known
    assert incident.reply_by == dt.date(2026, 11, 25)
    with cook.employer.scope():
        mail = Message.objects.get(kind="support_report")
    assert mail.to_address == "jo@example.org"
    assert "You will hear from us by Wednesday, 25 November" in mail.text
    assert f"/help/{incident.code}/" in mail.text
    assert "no need to call Blue Spoon Diner" in mail.text
    assert "I pressed send.\nTwice." in incident.reporters_words()


def test_the_day_is_a_business_day_at_the_employers_place(cook: Job) -> None:
    # In New York the day after this Wednesday is Thanksgiving.
    with clock_at(TUESDAY + DAY):
        incident = tell(note(failed()).code)  # type: ignore[union-attr]
    assert incident.reply_by == dt.date(2026, 11, 27)


@pytest.mark.django_db
def test_outside_of_any_employer_the_house_answers(tuesday: dt.datetime) -> None:
    incident = tell()
    assert incident.employer is None
    assert incident.reply_by == dt.date(2026, 11, 25)
    assert not incident.is_ours
    raw = bytes(AccountMail.objects.get().raw)
    assert incident.code.encode() in raw
    assert b"call" not in raw


def test_the_same_report_sent_fifty_times_is_one(cook: Job) -> None:
    key = uuid7()
    code = note(failed()).code  # type: ignore[union-attr]
    for _ in range(50):
        tell(code, id=key)
    with cook.employer.scope():
        assert Message.objects.filter(kind="support_report").count() == 1
    assert TrailStep.objects.filter(kind="reported").count() == 1


@pytest.mark.django_db
def test_without_a_code_too() -> None:
    key = uuid7()
    assert len({tell(id=key).code for _ in range(50)}) == 1
    assert Incident.objects.count() == AccountMail.objects.count() == 1


def test_what_was_somebodys_word_is_ours_once_our_log_has_it(
    jo: Application, at_diner: Employer
) -> None:
    claimed = tell(reference=jo.reference)
    assert not Failure.objects.exists()
    assert note(failed(job="line-cook", application_id=jo.pk)) == claimed
    assert Failure.objects.get().pk == claimed.pk


def test_somebody_else_with_the_code_adds_to_it_and_gets_no_answer_of_theirs(cook: Job) -> None:
    incident = tell(note(failed()).code)  # type: ignore[union-attr]
    again = tell(incident.code, email="mallory@example.org", name="Mallory")
    assert (again.name, again.email) == ("Jo Smith", "jo@example.org")
    assert again.steps.filter(kind="reported").count() == 2
    with cook.employer.scope():
        assert set(Message.objects.values_list("to_address", flat=True)) == {"jo@example.org"}


def test_a_code_that_only_the_log_has_opens_an_incident_of_its_own(db: None) -> None:
    assert tell("K7X-4QD").code == "K7X-4QD"
    assert tell("K7X-4QD") == Incident.objects.get()


def test_a_reference_connects_it_to_the_application_of_that_address_alone(
    jo: Application,
) -> None:
    assert tell(reference=jo.reference).application_key == jo.pk
    stranger = tell(reference=jo.reference, email="mallory@example.org")
    assert (stranger.application_key, stranger.employer) == (None, None)
    assert tell(reference="9999999999").application_key is None


def test_a_claim_alone_neither_gives_anything_back_nor_closes_anything(
    jo: Application, at_diner: Employer
) -> None:
    before = contact_advice(jo).asking
    tell(reference=jo.reference)
    assert not Failure.objects.exists()
    assert contact_advice(jo).asking == before


def test_while_support_has_time_the_verdict_is_to_wait(
    tuesday: dt.datetime, jo: Application, at_diner: Employer
) -> None:
    incident = about(jo)
    advice = contact_advice(jo)
    assert advice.asking.rule == "incident-wait"
    assert advice.facts.incident
    assert advice.facts.incident.code == incident.code
    assert advice.opens_on == dt.date(2026, 11, 27)  # the day after the 25th is Thanksgiving


def test_a_failure_gives_the_follow_up_back_and_that_is_recorded(
    jo: Application, at_diner: Employer
) -> None:
    with clock_at(TUESDAY - 3 * DAY):
        used = FollowUp.objects.create(
            application=jo, channel="call", topic="status", about="follow_up", counts=True
        )
    with clock_at(TUESDAY):
        about(jo)
    used.refresh_from_db()
    assert used.given_back_because == "The application system failed."
    assert used.given_back_at == TUESDAY
    assert jo.events().filter(kind="follow_up_given_back").count() == 1


def test_a_follow_up_of_the_same_day_stays_used_as_the_protocol_has_it(
    tuesday: dt.datetime, jo: Application, at_diner: Employer
) -> None:
    used = FollowUp.objects.create(
        application=jo, channel="call", topic="status", about="follow_up", counts=True
    )
    about(jo)
    used.refresh_from_db()
    assert used.stands
    assert contact_advice(fresh(jo)).used == used


def test_an_answer_by_mail_asks_again_and_thanks_do_not(cook: Job, rosa: object) -> None:
    incident = tell(note(failed()).code)  # type: ignore[union-attr]
    incident.reply("Try it once more.", by="Operator", solves=True)
    hear_by_mail(incident, "Thank you!", sender="jo@example.org", expects_answer=False)
    assert not incident.waits
    hear_by_mail(incident, "Me too", sender="mallory@example.org", expects_answer=True)
    assert not incident.waits
    hear_by_mail(incident, "It fails again.", sender="jo@example.org", expects_answer=True)
    assert incident.waits
    assert incident.solved_at is None
    assert "It fails again." in incident.reporters_words()
