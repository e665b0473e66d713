"""Whole calls, from the greeting to the goodbye."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, FollowUp, Job, Promise, Recording
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.pins import issue_pin
from sincerely.hiring.status import status_of
from sincerely.inbound.voice import dialogue, prompts
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import Counter
from tests.inbound.voice.conftest import HOSPITALS, NUMBER, Dial, wrong

NOT_MINE = "1234567890"


def sentence_of(application: Application) -> str:
    with application.employer.scope():
        return status_of(Application.objects.for_page().get(pk=application.pk)).sentence


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
