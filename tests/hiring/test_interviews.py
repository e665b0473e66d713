"""What the desk does with an interview: times offered, a date entered, moved, cancelled, held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interview_answers import pick
from sincerely.hiring.interview_clashes import clashes
from sincerely.hiring.interview_outcome import did_not_take_place, took_place
from sincerely.hiring.interviews import cancel, move, propose, schedule, undo
from sincerely.hiring.models import Application, CannotDo, Interview, Job
from sincerely.hiring.stage_setup import archive
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
    to_interview,
)


@pytest.fixture
def thursday(
    at_diner: Employer, cook: Job, apply: Callable[..., Application]
) -> Iterator[Application]:
    """Jo applied two days ago."""
    with clock_at(NOON - dt.timedelta(days=2)):
        jo = apply(cook)
    with clock_at(NOON):
        yield jo


@pytest.fixture
def jo(thursday: Application) -> Application:
    return read(thursday)


@pytest.fixture
def met(jo: Application, rosa: Identity) -> Application:
    """Jo, whom we would like to meet."""
    return to_interview(jo, rosa)


def mail(application: Application, kind: str) -> Message:
    return application.messages().filter(kind=kind).latest("created_at", "pk")


def team_mail(interview: Interview, kind: str) -> list[str]:
    sent = Message.objects.filter(about_id=interview.pk, kind=kind).exclude(state="skipped")
    return list(sent.values_list("to_address", flat=True))


def test_three_times_are_offered_in_one_message_with_a_date_by_which_they_hear(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = propose(met, plan(hugo, line="Bring your knives."), SLOTS, by=rosa)
    text = mail(met, "interview_proposed").text
    assert "Tuesday, 1 December, 10:00 to 10:30, New York time (EST)" in text
    assert "You will meet Hugo." in text
    assert "Bring your knives." in text
    assert "It takes place here: 12 Harbour Street." in text
    assert "{" not in text
    assert [slot.starts_at for slot in interview.slots.all()] == list(SLOTS)
    assert read(met).due_on == dt.date(2026, 12, 10)
    assert "Thursday, 10 December" in text


def test_the_offer_is_held_and_can_be_taken_back(met: Application, rosa: Identity) -> None:
    before = status_of(met)
    interview = propose(met, plan(), SLOTS, by=rosa)
    assert status_of(read(met)) == before
    assert status_of(read(met)).interview is None
    undo(interview, by=rosa)
    assert not met.interviews.exists()
    assert mail(met, "interview_proposed").state == "skipped"
    assert read(met).due_on == before.next_by


def test_what_they_know_of_cannot_be_taken_back(met: Application, rosa: Identity) -> None:
    with pytest.raises(CannotDo, match="too late"):
        undo(offered(met, by=rosa), by=rosa)


def test_a_move_and_the_times_that_follow_it_are_one_message(
    jo: Application, rosa: Identity
) -> None:
    jo.move(jo.employer.stages.get(name="Interview"), by=rosa)
    interview = propose(read(jo), plan(), SLOTS, by=rosa)
    assert mail(jo, "moved").state == "skipped"
    undo(interview, by=rosa)
    assert mail(jo, "moved").state == "queued"  # it is told by its own message after all
    assert read(jo).due_on == dt.date(2026, 12, 10)
    propose(read(jo), plan(), SLOTS, by=rosa)
    assert mail(jo, "moved").state == "skipped"
    assert status_of(read(jo)).title == "Received"
    with clock_at(NOON + dt.timedelta(hours=1)):
        assert status_of(read(jo)).title == "Interviews"


def test_a_refusal_taken_back_brings_the_offer_again_and_not_the_move_it_told_of(
    jo: Application, rosa: Identity
) -> None:
    stage = jo.employer.stages.get(name="Interview")
    with jo.employer.scope():
        jo.move(stage, by=rosa)
    with clock_at(NOON + dt.timedelta(minutes=1)):
        propose(read(jo), plan(), SLOTS, by=rosa)
    with clock_at(NOON + dt.timedelta(minutes=2)):
        read(jo).decline(by=rosa)
    with clock_at(NOON + dt.timedelta(minutes=3)):
        read(jo).undo(by=rosa)
    waiting = jo.messages().exclude(kind="receipt").unsent()
    assert list(waiting.values_list("kind", flat=True)) == ["interview_proposed"]


def test_a_date_that_was_agreed_by_phone_invites_everybody(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    (calendar,) = calendars(mail(met, "interview_scheduled"))
    event = event_of(calendar)
    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == SLOTS[0]
    assert event["DTEND"].dt == SLOTS[0] + dt.timedelta(minutes=30)
    assert event["SEQUENCE"] == 0
    assert "jo@example.org" in event["ATTENDEE"]
    assert "hugo" not in calendar.to_ical().decode().lower()
    assert team_mail(interview, "interviewer_invited") == ["hugo@blue-spoon.example"]
    assert read(met).due_on == dt.date(2026, 12, 15)  # ten business days after the interview


def test_a_moved_interview_is_the_same_entry_with_a_higher_sequence(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    first = event_of(calendars(mail(met, "interview_scheduled"))[0])
    move(interview, plan(rosa), at(4, 15), by=rosa)
    moved = event_of(calendars(mail(met, "interview_moved"))[0])
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    assert moved["ORGANIZER"] == first["ORGANIZER"]
    assert moved["DTSTART"].dt == at(4, 15)
    assert team_mail(interview, "interviewer_cancelled") == ["hugo@blue-spoon.example"]
    assert "rosa@blue-spoon.example" in team_mail(interview, "interviewer_invited")
    assert "Tuesday, 1 December" in mail(met, "interview_moved").text


def test_a_cancelled_interview_leaves_the_calendars_and_gives_a_new_date(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    cancel(interview, by=rosa, line="The kitchen is closed that day.")
    message = mail(met, "interview_cancelled")
    (calendar,) = calendars(message)
    event = event_of(calendar)
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 1, "CANCELLED")
    assert event["UID"] == interview.uid
    assert "The kitchen is closed that day." in message.text
    assert read(met).due_on == dt.date(2026, 12, 10)
    assert team_mail(interview, "interviewer_cancelled") == ["hugo@blue-spoon.example"]
    with pytest.raises(CannotDo, match="meanwhile"):
        move(fresh(interview), plan(), at(4), by=rosa)


def test_two_recruiters_at_once_make_one_interview(
    met: Application, rosa: Identity, ada: Identity
) -> None:
    propose(met, plan(), SLOTS, by=rosa)
    with pytest.raises(CannotDo, match="There is one already"):
        schedule(read(met), plan(), at(4), by=ada)


def test_other_times_take_the_place_of_a_date(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    earlier = agreed(met, hugo, by=rosa)
    later = propose(met, plan(hugo), [at(8)], by=rosa, instead_of=earlier)
    assert status_of(read(met)).interview == earlier  # nobody knows as yet
    undo(later, by=rosa)
    assert fresh(earlier).is_standing()
    assert team_mail(earlier, "interviewer_cancelled") == []
    later = propose(met, plan(hugo), [at(8)], by=rosa, instead_of=fresh(earlier))
    (calendar,) = calendars(mail(met, "interview_proposed"))
    assert (calendar["METHOD"], event_of(calendar)["UID"]) == ("CANCEL", earlier.uid)
    with clock_at(NOON + dt.timedelta(hours=1)):
        assert status_of(read(met)).interview == later
        assert not fresh(earlier).is_standing()


@pytest.mark.parametrize(
    ("starts", "says"),
    [
        ([at(25, month=11)], "has passed"),
        ([at(1) + dt.timedelta(days=400)], "more than a year"),
        ([], "one, two or 3"),
        ([at(1), at(2), at(3), at(4)], "one, two or 3"),
    ],
)
def test_times_that_nobody_could_keep_are_refused(
    met: Application, rosa: Identity, starts: list[dt.datetime], says: str
) -> None:
    with pytest.raises(CannotDo, match=says):
        propose(met, plan(), starts, by=rosa)
    assert not met.interviews.exists()


def test_nobody_is_met_in_a_stage_without_interviews(jo: Application, rosa: Identity) -> None:
    with pytest.raises(CannotDo, match="stage with an interview"):
        propose(jo, plan(), SLOTS, by=rosa)


def test_who_has_no_address_is_agreed_with_by_phone(
    thursday: None, cook: Job, rosa: Identity, apply: Callable[..., Application]
) -> None:
    one = to_interview(apply(cook, email="", phone="+12125550142"), rosa)
    with pytest.raises(CannotDo, match="by phone"):
        propose(one, plan(), SLOTS, by=rosa)
    due = read(one).due_on
    interview = agreed(one, by=rosa)
    assert interview.message is None
    assert read(one).due_on == due  # nobody was told another date


def test_it_took_place_only_once_it_has_begun(met: Application, rosa: Identity) -> None:
    interview = agreed(met, by=rosa)
    with pytest.raises(CannotDo, match="not begun"):
        took_place(interview, by=rosa)
    assert Interview.objects.last_held(met) is None
    with clock_at(at(1, 10, 5)):
        took_place(interview, by=rosa)
        took_place(interview, by=rosa)
    assert met.events().filter(kind="interview_took_place").count() == 1
    assert Interview.objects.last_held(met) == at(1)


def test_an_interview_counts_as_held_until_somebody_says_that_it_was_not(
    met: Application, rosa: Identity
) -> None:
    interview = agreed(met, by=rosa)
    with clock_at(at(1, 11)):
        assert Interview.objects.last_held(met) == at(1)
        did_not_take_place(interview, by=rosa)
        assert Interview.objects.last_held(met) is None


def test_the_last_of_several_counts(met: Application, rosa: Identity) -> None:
    first = agreed(met, by=rosa)
    with clock_at(at(1, 11)):
        took_place(first, by=rosa)
        second = schedule(met, plan(), at(4), by=rosa)
    with clock_at(at(4, 11)):
        took_place(fresh(second), by=rosa)
        assert Interview.objects.last_held(met) == at(4)


def test_another_zone_of_the_employer_moves_no_interview(
    met: Application, rosa: Identity, diner: Employer
) -> None:
    interview = agreed(met, by=rosa)
    Employer.objects.filter(pk=diner.pk).update(time_zone="Europe/Berlin")
    told = fresh(interview)
    assert told.starts_at == at(1)
    assert "10:00 to 10:30, New York time" in status_of(read(met)).sentence


def test_on_the_night_the_clocks_go_back_the_hour_is_named(
    at_diner: Employer, jo: Application, rosa: Identity
) -> None:
    night = dt.datetime(
        2027, 11, 7, 5, 30, tzinfo=dt.UTC
    )  # 1:30 in summer time, for the first time
    with clock_at(night - dt.timedelta(days=3)):
        jo.move(jo.employer.stages.get(name="Interview"), by=rosa)
        interview = schedule(read(jo), plan(), night, by=rosa)
        said = "01:30 (EDT) to 01:00 (EST), New York time"
        assert said in mail(jo, "interview_scheduled").text
        event = event_of(calendars(mail(jo, "interview_scheduled"))[0])
        assert event["DTSTART"].dt == night
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=30)
        undo(interview, by=rosa)
        schedule(read(jo), plan(), night + dt.timedelta(hours=1), by=rosa)
        assert "(EST)" in mail(jo, "interview_scheduled").text


def test_a_stage_with_interviews_in_it_can_be_archived_once_it_is_empty(
    met: Application, rosa: Identity, diner: Employer
) -> None:
    interview = agreed(met, by=rosa)
    with pytest.raises(CannotDo):
        archive(met.stage, by=rosa)
    with clock_at(at(1, 11)):
        read(met).move(diner.stages.get(name="Offer"), by=rosa)
        archive(diner.stages.get(name="Interview"), by=rosa)
        diner.refresh_from_db()
        took_place(fresh(interview), by=rosa)
        assert Interview.objects.last_held(met) == at(1)


def test_being_in_two_places_at_once_is_warned_about(
    met: Application,
    cook: Job,
    rosa: Identity,
    hugo: Identity,
    apply: Callable[..., Application],
) -> None:
    offered(met, hugo, by=rosa)
    sam = to_interview(apply(cook, name="Sam Okafor", email="sam@example.org"), rosa)
    (said,) = clashes(sam, [hugo], [at(1, 10, 15)], 30)
    assert said == "Hugo may be picked by Jo Smith at that time (Line cook)."
    agreed(sam, hugo, by=rosa, start=at(9))
    (said,) = clashes(met, [hugo], [at(9, 9, 45), at(10)], 30)
    assert said == "Hugo is with Sam Okafor at that time (Line cook)."
    assert clashes(met, [rosa], [at(9, 9, 45)], 30) == []
    assert clashes(met, [hugo], [at(9, 10, 30)], 30) == []  # the one ends as the other begins


def test_at_night_only_what_is_near_is_told_at_once(
    met: Application, rosa: Identity, diner: Employer
) -> None:
    Employer.objects.filter(pk=diner.pk).update(quiet_from=dt.time(20), quiet_until=dt.time(8))
    far = agreed(read(met), by=rosa)
    with clock_at(at(30, 21, month=11)):
        move(far, plan(), at(4), by=rosa)
        assert mail(met, "interview_moved").hold_until == at(1, 8)
        move(fresh(far), plan(), at(1, 7), by=rosa)
        assert mail(met, "interview_moved").hold_until is None


def test_the_status_shows_the_date_in_the_timeline(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    steps = status_of(read(met)).steps
    assert ("next", "Interview: pick a time") in [(step.when, step.title) for step in steps]
    pick(interview, interview.slots.first().pk)
    status = status_of(read(met))
    assert "interview is on Tuesday, 1 December, 10:00 to 10:30, New York time" in status.sentence
    with clock_at(at(1, 11)):
        took_place(fresh(interview), by=rosa)
        steps = status_of(read(met)).steps
        assert ("done", "Interview") in [(step.when, step.title) for step in steps]


def test_a_proof_of_the_offer_keeps_the_promise_before_it(met: Application, rosa: Identity) -> None:
    due: Any = met.promises.open().get()
    offered(met, by=rosa)
    message = mail(met, "interview_proposed")
    message.settle("sent", source="smtp")
    message.settle("delivered", source="dsn")
    due.refresh_from_db()
    assert due.outcome == "kept"
    assert met.promises.open().count() == 1
