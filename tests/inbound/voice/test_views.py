"""Who gets in, and what everybody else sees: nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application
from sincerely.hiring.phone_line import set_up_line
from sincerely.inbound.voice import prompts
from sincerely.inbound.voice.signature import sign
from sincerely.inbound.voice.telephone import Telephone
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from tests.inbound.voice.conftest import HOSPITALS, NUMBER, PUBLIC, START, TOKEN, send

CALL = {"CallSid": "CA1", "To": NUMBER, "From": "+12125550199"}


def test_the_signature_is_the_one_of_the_providers_documentation() -> None:
    """Twilio, "Validating signatures from Twilio", its own example."""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    address = "https://mycompany.com/myapp.php?foo=1&bar=2"
    made = sign(address, {name: [value] for name, value in fields.items()}, "12345")
    assert made == "GvWf1cFY/Q7PnoempGyD5oXAezc="


def test_an_unsigned_request_is_told_nothing(line: Employer) -> None:
    response = Client().post("/hooks/voice/", CALL)
    assert (response.status_code, response.content) == (403, b"")


@pytest.mark.parametrize("token", ["another-token", ""])
def test_a_forged_signature_is_told_nothing(line: Employer, token: str) -> None:
    response = send(START, CALL, token)
    assert (response.status_code, response.content) == (403, b"")


def test_a_field_that_was_changed_on_the_way_is_noticed(line: Employer) -> None:
    signature = sign(START, {name: [value] for name, value in CALL.items()}, TOKEN)
    changed = CALL | {"From": "+12125550100"}
    response = Client().post("/hooks/voice/", changed, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 403


def test_without_a_token_nobody_gets_in(line: Employer, settings: Any) -> None:
    settings.VOICE_AUTH_TOKENS = []
    assert send(START, CALL, "").status_code == 403


def test_a_number_may_have_a_token_of_its_own(line: Employer, settings: Any) -> None:
    settings.VOICE_AUTH_TOKEN_OF = {NUMBER: "of-the-diner"}
    assert send(START, CALL, "of-the-diner").status_code == 200
    assert send(START, CALL).status_code == 403


def test_while_the_token_is_changed_both_count(line: Employer, settings: Any) -> None:
    settings.VOICE_AUTH_TOKENS = ["the-next-one", TOKEN]
    assert send(START, CALL, "the-next-one").status_code == 200
    assert send(START, CALL).status_code == 200


def test_behind_a_proxy_the_public_address_is_what_was_signed(line: Employer) -> None:
    signature = sign(START, {name: [value] for name, value in CALL.items()}, TOKEN)
    response = Client().post(
        "/hooks/voice/",
        CALL,
        headers={"X-Twilio-Signature": signature, "Host": "localhost", "X-Forwarded-Proto": "http"},
    )
    assert response.status_code == 200


@pytest.mark.parametrize("written", ["https://jobs.example.org:443", PUBLIC])
def test_a_port_may_be_named_or_left_out(line: Employer, written: str) -> None:
    signature = sign(f"{written}/hooks/voice/", {n: [v] for n, v in CALL.items()}, TOKEN)
    response = Client().post("/hooks/voice/", CALL, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 200


def test_looking_changes_nothing_and_shows_nothing(line: Employer) -> None:
    response = Client().get("/hooks/voice/")
    assert (response.status_code, response.content) == (405, b"")


def test_no_answer_is_kept_anywhere(line: Employer) -> None:
    response = send(START, CALL)
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "text/xml; charset=utf-8"


# ── what the call carries ────────────────────────────────────────────────────────────────────────


def pin_step(phone: Telephone, jo: Application) -> str:
    phone.press(jo.reference)
    assert phone.waiting
    return phone.waiting["action"]


def test_what_was_carried_cannot_be_changed(
    dial: Callable[..., Telephone], jo: Application, pin: str
) -> None:
    action = pin_step(dial(), jo)
    response = send(action.replace("k=%5B", "k=%5B0"), CALL | {"Digits": pin})
    assert prompts.TOO_LONG in response.content.decode()


def test_what_one_call_carries_is_nothing_in_another(
    dial: Callable[..., Telephone], jo: Application, pin: str
) -> None:
    action = pin_step(dial(), jo)
    response = send(action, CALL | {"CallSid": "CA2", "Digits": pin})
    assert prompts.TOO_LONG in response.content.decode()


def test_what_was_carried_on_one_line_is_nothing_on_another(
    dial: Callable[..., Telephone], jo: Application, pin: str, hospital: Employer
) -> None:
    with hospital.scope():
        set_up_line(hospital, number=HOSPITALS, greeting="", is_on=True, by="Mallory")
    action = pin_step(dial(), jo)
    response = send(action, CALL | {"To": HOSPITALS, "Digits": pin})
    assert prompts.TOO_LONG in response.content.decode()


def test_an_hour_later_the_call_is_over(
    dial: Callable[..., Telephone], jo: Application, pin: str
) -> None:
    action = pin_step(dial(), jo)
    with clock_at(clock.now() + dt.timedelta(minutes=61)):
        response = send(action, CALL | {"Digits": pin})
    assert prompts.TOO_LONG in response.content.decode()


def test_no_step_can_be_entered_from_outside(line: Employer) -> None:
    for step in ("reference", "pin", "choice", "voicemail"):
        response = send(f"{START}{step}/", CALL | {"Digits": "2"})
        assert prompts.TOO_LONG in response.content.decode()
    assert send(f"{START}recording/", CALL).status_code == 204
    assert send(f"{START}nothing/", CALL).status_code == 404


def test_hostile_fields_do_no_harm(line: Employer) -> None:
    for digits in ("１２３٤٥٦7890", "'; DROP", "\0" * 10, "9" * 5_000):
        phone = Telephone(post=lambda a, f: send(a, f).content, call="CA1", number=NUMBER)
        phone.dial(START)
        assert phone.waiting
        response = send(phone.waiting["action"], CALL | {"Digits": digits})
        assert response.status_code == 200
        assert b"Support finds out" not in response.content
