"""What the applicant does with an interview: picks a time, asks for another, is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interview_answers import (
    SlotGone,
    accept,
    ask_another,
    decline,
    pick,
    respond,
    running_late,
)
from sincerely.hiring.interview_debts import asked_about, unpicked, without_outcome
from sincerely.hiring.interview_outcome import stands
from sincerely.hiring.interviews import propose
from sincerely.hiring.models import Application, CannotDo, Interview
from sincerely.hiring.models.interview import Response
from sincerely.hiring.status import status_of
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.hiring.meetings import (
    NOON,
    SLOTS,
    agreed,
    at,
    calendars,
    event_of,
    fresh,
    offered,
    plan,
    read,
)


def mail(application: Application, kind: str) -> Message:
    return application.messages().filter(kind=kind).latest("created_at", "pk")


def all_open(employer: Employer) -> object:
    return employer.applications.all()  # type: ignore[attr-defined]


def test_the_time_that_was_picked_is_in_everybodys_calendar(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = offered(met, hugo, by=rosa)
    pick(interview, interview.slots.all()[1].pk)
    (calendar,) = calendars(mail(met, "interview_picked"))
    assert event_of(calendar)["DTSTART"].dt == SLOTS[1]
    (invited,) = Message.objects.filter(about_id=interview.pk, kind="interviewer_invited")
    assert event_of(calendars(invited)[0])["UID"] == interview.uid
    assert read(met).due_on == dt.date(2026, 12, 16)


def test_the_same_time_twice_is_picked_once_and_another_one_is_refused(
    met: Application, rosa: Identity
) -> None:
    interview = offered(met, by=rosa)
    first, second, _ = interview.slots.all()
    pick(interview, first.pk)
    pick(fresh(interview), first.pk)
    assert met.messages().filter(kind="interview_picked").count() == 1
    with pytest.raises(CannotDo, match="You have picked already: Tuesday, 1 December"):
        pick(fresh(interview), second.pk)


def test_a_time_that_has_passed_cannot_be_picked(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    with clock_at(at(1, 10)), pytest.raises(SlotGone, match="has passed"):
        pick(interview, interview.slots.all()[0].pk)


def test_a_time_somebody_else_took_meanwhile_cannot_be_picked(
    met: Application, someone: Callable[..., Application], rosa: Identity, hugo: Identity
) -> None:
    mine = offered(met, hugo, by=rosa)
    theirs = offered(someone("Sam Okafor"), hugo, by=rosa)
    pick(theirs, theirs.slots.all()[0].pk)
    with pytest.raises(SlotGone, match="just been taken"):
        pick(mine, mine.slots.all()[0].pk)
    pick(mine, mine.slots.all()[1].pk)


def test_times_of_an_offer_that_was_replaced_cannot_be_picked(
    met: Application, rosa: Identity
) -> None:
    earlier = offered(met, by=rosa)
    slot = earlier.slots.all()[0]
    propose(read(met), plan(), [at(8)], by=rosa, instead_of=earlier)
    with clock_at(NOON + dt.timedelta(hours=1)), pytest.raises(CannotDo, match="does not stand"):
        pick(earlier, slot.pk)


def test_none_of_them_suits_and_a_person_is_asked_by_a_date(
    met: Application, rosa: Identity, diner: Employer
) -> None:
    interview = offered(met, by=rosa)
    ask_another(interview, "I work mornings. After three?")
    assert "After three?" in mail(met, "interview_asked").text
    assert status_of(read(met)).next_by == dt.date(2026, 11, 30)
    assert list(asked_about(all_open(diner))) == [interview]
    assert not met.follow_ups.exists()
    propose(read(met), plan(), [at(4, 15)], by=rosa, instead_of=fresh(interview))
    assert not asked_about(all_open(diner)).exists()


def test_an_agreed_date_is_changed_once_without_a_call(met: Application, rosa: Identity) -> None:
    interview = agreed(met, rosa, by=rosa)
    ask_another(interview, "My daughter is ill.")
    told = Message.objects.get(about_id=interview.pk, kind="interviewer_told")
    assert "asked for another time" in told.text
    assert "My daughter is ill." not in told.text  # nobody is judged by it
    later = propose(read(met), plan(), [at(8), at(9)], by=rosa, instead_of=fresh(interview))
    with clock_at(NOON + dt.timedelta(hours=1)):
        pick(later, later.slots.all()[0].pk)
        with pytest.raises(CannotDo, match=r"once already.*You may"):
            ask_another(fresh(later), "Again.")


def test_the_date_stands_when_a_person_has_talked_with_them(
    met: Application, rosa: Identity, diner: Employer
) -> None:
    interview = agreed(met, by=rosa)
    decline(interview, "No babysitter.")
    decline(fresh(interview))
    assert interview.notices.count() == 1
    assert read(met).due_on == dt.date(2026, 11, 30)
    stands(interview, by=rosa)
    assert met.calls.get().by_us
    assert read(met).due_on == dt.date(2026, 12, 15)
    assert not asked_about(all_open(diner)).exists()
    assert fresh(interview).is_standing()


def test_who_is_late_says_so_by_one_press(met: Application, rosa: Identity, hugo: Identity) -> None:
    interview = agreed(met, hugo, by=rosa)
    with pytest.raises(CannotDo, match="begins later"):
        running_late(interview, 10)
    with clock_at(at(1, 9, 40)):
        running_late(interview, 10)
        running_late(fresh(interview), 10)
        (told,) = Message.objects.filter(about_id=interview.pk, kind="interviewer_told")
        assert told.to_address == "hugo@blue-spoon.example"
        assert "Jo Smith is running about 10 minutes late." in told.text
        running_late(fresh(interview), 20)
        running_late(fresh(interview), 5, by=rosa)
        assert "about 5 minutes late" in mail(met, "interview_late").text
    assert met.events().filter(kind="interview_late").count() == 3


def test_where_nobody_is_named_the_owner_of_the_job_is_told(
    met: Application, rosa: Identity
) -> None:
    interview = agreed(met, by=rosa)
    with clock_at(at(1, 9, 40)):
        running_late(interview, 5)
    told = Message.objects.get(about_id=interview.pk, kind="interviewer_told")
    assert told.to_address == "rosa@blue-spoon.example"


def test_a_yes_and_an_interviewers_no(
    met: Application, rosa: Identity, hugo: Identity, diner: Employer
) -> None:
    interview = agreed(met, hugo, by=rosa)
    accept(interview)
    accept(fresh(interview))
    assert met.events().filter(kind="interview_accepted").count() == 1
    assert not asked_about(all_open(diner)).exists()
    person = interview.people.get()
    respond(person, Response.DECLINED, "I am on leave.")
    respond(person, Response.DECLINED, "I am on leave.")
    assert fresh(interview).people.get().response == "declined"
    assert asked_about(all_open(diner)).count() == 1
    assert interview.notices.filter(is_applicants=False).count() == 1


def test_today_knows_what_nobody_did(met: Application, rosa: Identity, diner: Employer) -> None:
    interview = offered(met, by=rosa)
    today = dt.date(2026, 12, 1)  # they were to pick by the day before
    assert list(unpicked(all_open(diner), today=today)) == [interview]
    assert not unpicked(all_open(diner), today=dt.date(2026, 11, 30)).exists()
    pick(interview, interview.slots.all()[0].pk)
    assert not unpicked(all_open(diner), today=today).exists()
    assert not without_outcome(all_open(diner)).exists()
    with clock_at(at(1, 11)):
        assert list(without_outcome(all_open(diner))) == [interview]


# ── an end that is held ──────────────────────────────────────────────────────────────────────────


def test_while_an_end_is_held_a_time_can_be_picked_and_the_end_takes_it_back(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = offered(met, hugo, by=rosa)
    closure = read(met).decline(by=rosa)
    pick(fresh(interview), interview.slots.all()[0].pk)
    assert mail(met, "interview_picked").state == "queued"
    (calendar,) = calendars(mail(met, "declined"))
    assert (calendar["METHOD"], event_of(calendar)["UID"]) == ("CANCEL", interview.uid)
    assert not Message.objects.filter(about_id=interview.pk).exists()
    with clock_at(closure.shown_at + dt.timedelta(minutes=1)):
        message = mail(met, "declined")
        message.settle("sent", source="smtp")
        message.settle("delivered", source="dsn")
        assert not met.promises.open().exists()
        with pytest.raises(CannotDo, match="has ended"):
            ask_another(fresh(interview), "Another one?")


def test_an_end_that_is_taken_back_leaves_the_interview_as_it_was(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    read(met).decline(by=rosa)
    assert status_of(read(met)).interview == interview  # nothing tells of it
    read(met).undo(by=rosa)
    cancelled = Message.objects.filter(about_id=interview.pk, kind="interviewer_cancelled")
    assert [message.state for message in cancelled] == ["skipped"]
    with clock_at(NOON + dt.timedelta(hours=1)):
        assert fresh(interview).is_standing()


def test_an_end_tells_of_the_interview_too_in_one_message(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    before = met.messages().count()
    closure = read(met).decline(by=rosa)
    assert met.messages().count() == before + 1
    (calendar,) = calendars(mail(met, "declined"))
    assert calendar["METHOD"] == "CANCEL"
    (told,) = Message.objects.filter(about_id=interview.pk, kind="interviewer_cancelled")
    assert told.hold_until == closure.shown_at
    with clock_at(closure.shown_at):
        assert not fresh(interview).is_standing()


def test_who_withdraws_is_expected_by_nobody(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    read(met).withdraw()
    assert not fresh(interview).is_standing()
    (calendar,) = calendars(mail(met, "withdrawn"))
    assert calendar["METHOD"] == "CANCEL"
    read(met).undo_withdrawal()
    assert fresh(interview).is_standing()
    assert calendars(mail(met, "interview_scheduled"))[0]["METHOD"] == "REQUEST"


def test_an_offer_that_an_end_overtook_is_told_when_the_end_is_taken_back(
    met: Application, rosa: Identity
) -> None:
    propose(met, plan(), SLOTS, by=rosa)
    read(met).decline(by=rosa)
    assert mail(met, "interview_proposed").state == "skipped"
    read(met).undo(by=rosa)
    assert mail(met, "interview_proposed").state == "queued"
    assert met.interviews.get().message == mail(met, "interview_proposed")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_pick_the_same_hour_at_once_one_gets_it(
    someone: Callable[..., Application], rosa: Identity, hugo: Identity, diner: Employer
) -> None:
    offers = [offered(someone(name), hugo, by=rosa) for name in ("Sam Okafor", "Mei Tan")]

    def take(interview: Interview) -> str:
        try:
            with clock_at(NOON), diner.scope():
                mine = fresh(interview)
                pick(mine, mine.slots.all()[0].pk)
        except SlotGone:
            return "gone"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as together:
        assert sorted(together.map(take, offers)) == ["gone", "taken"]
