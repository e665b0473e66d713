"""Whole calls, from the greeting to the goodbye."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application, FollowUp, Job, Promise, Recording
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.pins import issue_pin
from sincerely.hiring.status import status_of
from sincerely.inbound.voice import dialogue, prompts
from sincerely.inbound.voice.telephone import Telephone
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import Counter
from sincerely.outbox.models import Message
from tests.inbound.voice.conftest import HOSPITALS, NUMBER, START, post

Dial = Callable[..., Telephone]
RECORDED = {"RecordingUrl": "https://api.twilio.com/RE1", "RecordingSid": "RE1"}
NOT_MINE = "1234567890"


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


def sentence_of(application: Application) -> str:
    with application.employer.scope():
        return status_of(Application.objects.for_page().get(pk=application.pk)).sentence


@pytest.fixture
def in_ten_days(jo: Application) -> Iterator[None]:
    """When the follow-up is open; the receipt has arrived."""
    with jo.employer.scope():
        receipt = jo.receipt
        assert receipt
        receipt.settle(Message.State.SENT, source="smtp reply")
        receipt.settle(Message.State.DELIVERED, source="dsn")
    with clock_at(clock.now() + dt.timedelta(days=10)):
        yield


# ── where it stands ──────────────────────────────────────────────────────────────────────────────


def test_a_caller_hears_where_it_stands_in_the_words_of_every_channel(
    let_in: Dial, jo: Application
) -> None:
    call = let_in()
    assert call.heard[0].startswith("Hello. This is Blue Spoon Diner.")
    assert call.heard[1:3] == [prompts.ASK_REFERENCE, prompts.ASK_PIN]
    assert call.heard[3] == sentence_of(jo)
    assert "You will hear from us by" in call.heard[3]


def test_the_greeting_is_in_the_employers_words(dial: Dial, line: Employer) -> None:
    with line.scope():
        words = {"greeting": "مرحبا, Spoon & Fork <here>!", "number": NUMBER, "is_on": True}
        set_up_line(line, by="Ada", **words)  # type: ignore[arg-type]
    assert dial().heard[0] == "مرحبا, Spoon & Fork <here>!"


def test_it_can_be_heard_again(let_in: Dial, jo: Application) -> None:
    call = let_in()
    call.press("1")
    assert call.heard.count(sentence_of(jo)) == 2


def test_who_says_nothing_afterwards_is_said_goodbye_to(let_in: Dial) -> None:
    call = let_in()
    call.stay_silent()
    assert call.is_over
    assert call.heard[-1] == prompts.GOODBYE


def test_an_ended_application_says_so_once_it_may_be_known(
    let_in: Dial, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.decline(by=rosa)
    held = let_in(call="CA1")
    assert "It ended" not in " ".join(held.heard)
    with clock_at(clock.now() + dt.timedelta(days=3)):
        told = let_in(call="CA2")
    assert "It ended on" in " ".join(told.heard)
    assert "decided not to go on with it" in " ".join(told.heard)
    assert "press 2" not in " ".join(told.heard)


def test_a_broken_promise_is_admitted_and_gives_the_message_back(
    let_in: Dial, jo: Application
) -> None:
    with jo.employer.scope():
        Promise.objects.update(due_on=clock.today("UTC") - dt.timedelta(days=3))
    call = let_in()
    assert "we are late, and we are sorry" in " ".join(call.heard)
    assert "press 2" in " ".join(call.heard)


def test_an_applicant_with_an_arabic_name_and_no_mail_is_served_like_everybody(
    dial: Dial, cook: Job, apply: Any
) -> None:
    one = apply(cook, name="محمد بن أحمد", email="", phone="+12125550177")
    with one.employer.scope():
        pin = issue_pin(one, key=uuid7(), by="Rosa")
    call = dial()
    call.press(one.reference)
    call.press(pin)
    assert call.heard[3] == sentence_of(one)
    assert "محمد" not in " ".join(call.heard)


def test_hearing_it_is_on_record_once(let_in: Dial, jo: Application) -> None:
    let_in()
    with jo.employer.scope():
        assert jo.events().filter(kind="status_heard").count() == 1


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_pin_a_wrong_reference_and_another_employers_sound_the_same(
    dial: Dial, jo: Application, pin: str, hospital: Employer
) -> None:
    with hospital.scope():
        set_up_line(hospital, number=HOSPITALS, greeting="", is_on=True, by="Mallory")
    calls = []
    for number, reference, guess, called in (
        ("CA1", jo.reference, wrong(pin), NUMBER),
        ("CA2", NOT_MINE, pin, NUMBER),
        ("CA3", jo.reference, pin, HOSPITALS),
    ):
        call = dial(call=number, number=called)
        call.press(reference)
        call.press(guess)
        calls.append(call.heard[1:])
    assert calls[0] == calls[1] == calls[2]
    assert prompts.WRONG in calls[0]


def test_three_wrong_pins_end_the_call(dial: Dial, jo: Application, pin: str) -> None:
    call = dial()
    for _ in range(3):
        call.press(jo.reference)
        call.press(wrong(pin))
    assert call.is_over
    assert call.heard[-1] == prompts.WRONG_LAST


def test_the_right_pin_after_two_wrong_ones_is_let_in(
    dial: Dial, jo: Application, pin: str
) -> None:
    call = dial()
    for guess in (wrong(pin), wrong(pin), pin):
        call.press(jo.reference)
        call.press(guess)
    assert sentence_of(jo) in call.heard


def test_a_number_that_was_guessed_too_often_opens_nothing_for_a_while(
    dial: Dial, jo: Application, pin: str
) -> None:
    for number in range(2):
        call = dial(call=f"CA{number}", caller=f"+1212555010{number}")
        for _ in range(3):
            if not call.is_over:
                call.press(jo.reference)
                call.press(wrong(pin))
    assert call.heard[-1] == prompts.LOCKED
    again = dial(call="CA9")
    again.press(jo.reference)
    again.press(pin)
    assert again.heard[-1] == prompts.LOCKED


def test_all_lines_together_have_a_limit(dial: Dial, jo: Application, pin: str) -> None:
    Counter.objects.create(key="pin-phone:all", count=600)
    call = dial()
    call.press(jo.reference)
    call.press(pin)
    assert call.heard[-1] == prompts.LOCKED


def test_one_caller_cannot_keep_the_line_busy(dial: Dial) -> None:
    for number in range(60):
        assert not dial(call=f"CA{number}").is_over
    assert dial(call="CA60").heard == [prompts.BUSY]
    assert not dial(call="CA61", caller="+12125550111").is_over


def test_nine_digits_are_asked_for_again(dial: Dial, jo: Application, pin: str) -> None:
    call = dial()
    call.press("123456789#")
    assert call.heard[-2:] == [prompts.NOT_TEN, prompts.ASK_REFERENCE]
    call.press(jo.reference)
    call.press("12#")
    assert call.heard[-2:] == [prompts.NOT_SIX, prompts.ASK_PIN]
    call.press(pin)
    assert sentence_of(jo) in call.heard


def test_who_says_nothing_at_all_hears_the_question_three_times(dial: Dial) -> None:
    call = dial()
    for _ in range(3):
        assert not call.is_over
        call.stay_silent()
    assert call.is_over
    assert call.heard[-2:] == [prompts.NOTHING_PRESSED, prompts.GOODBYE]


def test_who_hangs_up_leaves_nothing_half(let_in: Dial, jo: Application, in_ten_days: None) -> None:
    call = let_in()
    call.press("2")
    call.hang_up()
    with jo.employer.scope():
        assert not FollowUp.objects.exists()
        assert not Recording.objects.exists()


def test_a_line_that_is_off_says_what_works_instead(dial: Dial, line: Employer) -> None:
    with line.scope():
        set_up_line(line, number=NUMBER, greeting="", is_on=False, by="Ada")
    assert dial().heard == [prompts.OFF]


def test_a_number_that_nobody_has_says_so(dial: Dial) -> None:
    assert dial(number="+12125550100").heard == [prompts.NOBODYS]


def test_a_fault_of_ours_is_said_in_words_with_a_code(
    dial: Dial, jo: Application, pin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    call = dial()
    call.press(jo.reference)
    monkeypatch.setattr(dialogue, "check_pin", broken)
    call.press(pin)
    assert call.is_over
    assert "Your application is safe." in call.heard[-1]
    assert "code" in call.heard[-1]


# ── the one message ──────────────────────────────────────────────────────────────────────────────


def test_before_its_time_the_message_is_not_offered_and_the_day_is_said(let_in: Dial) -> None:
    call = let_in()
    said = " ".join(call.heard)
    assert "press 2" not in said
    assert "You may ask from" in said
    call.press("2")
    assert prompts.NO_SUCH_KEY in call.heard
    assert call.waits_for == "keys"


def test_a_voicemail_is_the_follow_up_and_a_person_answers_it(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    assert "Speak after the tone" in call.heard[-1]
    call.speak(42, RECORDED)
    assert call.is_over
    with jo.employer.scope():
        follow_up, recording = FollowUp.objects.get(), Recording.objects.get()
        assert recording.follow_up == follow_up
        assert recording.length == "42 seconds"
    assert follow_up.counts
    assert follow_up.channel == FollowUp.Channel.VOICEMAIL
    assert follow_up.answered_at is None
    assert call.heard[-1] == prompts.thanks(follow_up.answer_by)


def test_after_the_message_the_next_call_says_that_it_was_used(
    let_in: Dial, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    call.speak(42, RECORDED)
    again = let_in(call="CA2")
    assert "press 2" not in " ".join(again.heard)
    again.press("2")
    assert prompts.NO_SUCH_KEY in again.heard


def test_a_message_of_no_seconds_uses_nothing_up(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    record = call.waiting or {}
    call.speak(0, RECORDED)
    assert prompts.NOTHING_RECORDED in call.heard
    post(record["action"], {"CallSid": "CA1", "To": NUMBER, "RecordingDuration": "0", **RECORDED})
    with jo.employer.scope():
        assert not FollowUp.objects.exists()


def test_a_message_of_three_minutes_is_kept_up_to_two(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    call.speak(180, RECORDED)
    with jo.employer.scope():
        assert Recording.objects.get().length == "2:00 minutes"


def test_who_hangs_up_after_speaking_has_left_the_message(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    call.speak(20, RECORDED, hangs_up=True)
    with jo.employer.scope():
        assert FollowUp.objects.get().counts


def test_a_message_whose_step_was_lost_is_taken_when_the_provider_reports_it(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    record = call.waiting or {}
    told = {"CallSid": "CA1", "RecordingDuration": "9", "RecordingStatus": "completed", **RECORDED}
    post(record["recordingStatusCallback"], told)
    with jo.employer.scope():
        assert FollowUp.objects.get().channel == "voicemail"


def test_a_follow_up_that_was_used_while_they_spoke_keeps_the_message_all_the_same(
    let_in: Dial, jo: Application, in_ten_days: None
) -> None:
    call = let_in()
    call.press("2")
    with jo.employer.scope():
        ask(jo, Topic.STATUS)
    call.speak(20, RECORDED)
    assert call.heard[-1] == prompts.thanks(None)
    with jo.employer.scope():
        assert Recording.objects.get().follow_up is None
        assert FollowUp.objects.count() == 1


def test_the_providers_transcript_is_kept(
    let_in: Dial, jo: Application, in_ten_days: None, settings: Any
) -> None:
    settings.VOICE_TRANSCRIBE = True
    call = let_in()
    call.press("2")
    record = call.waiting or {}
    call.speak(20, RECORDED)
    call.write_down(record, "Hello, is there a night shift?")
    call.write_down(record, "Something else.")
    with jo.employer.scope():
        assert Recording.objects.get().transcript == "Hello, is there a night shift?"


# ── requests that come twice ─────────────────────────────────────────────────────────────────────


def test_the_same_request_twice_gives_the_same_answer_and_one_message(
    line: Employer, jo: Application, pin: str, in_ten_days: None
) -> None:
    def twice(address: str, fields: dict[str, str]) -> bytes:
        first, second = post(address, fields), post(address, fields)
        assert first == second
        return second

    call = Telephone(post=twice, call="CA1", number=NUMBER)
    call.dial(START)
    for guess in (wrong(pin), wrong(pin), pin):
        call.press(jo.reference)
        call.press(guess)
    call.press("2")
    call.speak(20, RECORDED)
    with jo.employer.scope():
        assert FollowUp.objects.count() == Recording.objects.count() == 1
        assert jo.events().filter(kind="status_heard").count() == 1
        assert jo.messages().filter(kind="answer").count() == 1


# ── what is always open ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("key", "topic"), [("3", Topic.ADJUSTMENT), ("4", Topic.PROBLEM)])
def test_who_needs_something_or_finds_something_wrong_may_always_say_so(
    let_in: Dial, jo: Application, key: str, topic: Topic
) -> None:
    call = let_in()
    assert prompts.RIGHTS in call.heard
    call.press(key)
    call.speak(15, RECORDED)
    with jo.employer.scope():
        asked = FollowUp.objects.get()
        assert (asked.topic, asked.counts, asked.channel) == (topic, False, "voicemail")
        assert not asked.answered_at


def test_a_second_one_joins_the_first_while_it_waits(let_in: Dial, jo: Application) -> None:
    for number in ("CA1", "CA2"):
        call = let_in(call=number)
        call.press("3")
        call.speak(15, RECORDED)
    with jo.employer.scope():
        assert FollowUp.objects.get().recordings.count() == 2


def test_after_the_end_nothing_is_open(let_in: Dial, jo: Application) -> None:
    with jo.employer.scope():
        jo.withdraw()
    call = let_in()
    assert prompts.RIGHTS not in call.heard
    call.press("3")
    assert prompts.NO_SUCH_KEY in call.heard


def test_ten_messages_a_day_are_enough(let_in: Dial, jo: Application) -> None:
    Counter.objects.create(key=f"voice-messages:{jo.pk.hex}", count=10)
    call = let_in()
    call.press("3")
    assert call.heard[-1] == prompts.ENOUGH
