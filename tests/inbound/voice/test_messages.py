"""What is left on the phone line: once, whole, and answered by a person."""

from __future__ import annotations

from typing import Any

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application, FollowUp, Recording
from sincerely.hiring.models.follow_up import Topic
from sincerely.inbound.voice import prompts
from sincerely.inbound.voice.telephone import Telephone
from sincerely.kernel.models import Counter
from tests.inbound.voice.conftest import NUMBER, RECORDED, START, Dial, post, wrong

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
    asked = call.waiting or {}
    call.press("2")
    call.speak(20, RECORDED)
    again = {"CallSid": "CA1", "To": NUMBER, "From": "+12125550199", "Digits": "2"}
    assert b"Speak after the tone" in post(asked["action"], again)
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
