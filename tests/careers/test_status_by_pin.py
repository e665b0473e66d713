from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.front_desk import give_slip
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job, Pin
from sincerely.hiring.pins import issue_pin, pin_in
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import Counter
from tests.careers.conftest import text_of

Apply = Callable[..., Application]
Enter = Callable[..., HttpResponse]


@pytest.fixture
def bo(cook: Job, apply: Apply) -> Application:
    """Bo walked in, and has neither phone nor e-mail."""
    return apply(cook, name="Bo Lee", email="", source="walk-in")


@pytest.fixture
def pin(bo: Application, rosa: Identity) -> str:
    with bo.employer.scope():
        return issue_pin(bo, key=uuid7(), by=rosa)


@pytest.fixture
def enter(visitor: Client) -> Enter:
    def post(reference: str, pin: str, **more: str) -> HttpResponse:
        return visitor.post("/status/", {"reference": reference, "pin": pin}, **more)

    return post


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


def test_reference_and_pin_open_the_same_page_as_the_link(
    bo: Application, pin: str, enter: Enter, visitor: Client
) -> None:
    answer = enter(f" {bo.reference[:4]} {bo.reference[4:]} ", f"{pin[:3]}-{pin[3:]}")
    assert answer.status_code == 303
    by_pin = text_of(visitor.get(answer.headers["Location"]))
    assert "Bo Lee, you will hear by" in by_pin
    assert "Opened with your PIN." in by_pin
    assert "Opened with your PIN." not in text_of(visitor.get(f"/a/{status_token(bo)}/"))


def test_the_page_shows_the_way_there(visitor: Client) -> None:
    page = visitor.get("/status/")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Both numbers are on your slip." in text_of(page)
    assert '"/status/"' in text_of(visitor.get("/link/"))


def test_the_address_in_the_history_is_worth_nothing_after_half_an_hour(
    bo: Application, pin: str, enter: Enter, visitor: Client
) -> None:
    address = enter(bo.reference, pin).headers["Location"]
    with clock_at(clock.now() + dt.timedelta(minutes=31)):
        answer = visitor.get(address)
        assert answer.status_code == 410
        assert "This page has closed by itself." in text_of(answer)
        assert "Bo Lee" not in text_of(answer)
        assert visitor.post(address + "withdrawal/").status_code == 410
    with bo.employer.scope():
        bo.refresh_from_db()
        assert bo.is_open


def test_nothing_of_the_page_is_kept_or_passed_on(
    bo: Application, pin: str, enter: Enter, visitor: Client
) -> None:
    answers = [visitor.get("/status/"), enter(bo.reference, wrong(pin)), enter(bo.reference, pin)]
    answers.append(visitor.get(answers[-1].headers["Location"]))
    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_a_wrong_number_and_a_wrong_pin_are_answered_alike(
    bo: Application, pin: str, jo: Application, enter: Enter
) -> None:
    """Byte for byte, but for the number that was typed; with as many statements."""
    pages, statements = set(), set()
    tries = [(bo.reference, wrong(pin)), ("1234567890", pin), (jo.reference, pin)]
    for reference, guess in tries:
        with CaptureQueriesContext(connection) as seen:
            answer = enter(reference, guess)
        assert answer.status_code == 422
        pages.add(text_of(answer).replace(reference, "…").replace(guess, "…"))
        statements.add(len(seen))
    assert len(pages) == len(statements) == 1
    assert "do not belong together" in pages.pop()


def test_a_locked_number_and_one_that_does_not_exist_are_answered_alike(
    bo: Application, pin: str, enter: Enter
) -> None:
    pages = set()
    for reference in (bo.reference, "1234567890"):
        for _ in range(6):
            answer = enter(reference, wrong(pin))
        pages.add(text_of(answer).replace(reference, "…").replace(wrong(pin), "…"))
    assert len(pages) == 1
    assert "This waits for 15 minutes." in pages.pop()


def test_after_five_guesses_it_says_what_to_do(bo: Application, pin: str, enter: Enter) -> None:
    for _ in range(5):
        assert enter(bo.reference, wrong(pin)).status_code == 422
    answer = enter(bo.reference, pin)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    page = text_of(answer)
    assert "whoever took your application can print you a new slip" in page
    assert bo.reference in page


def test_the_wait_of_a_day_is_said_in_hours(bo: Application, pin: str, enter: Enter) -> None:
    for _ in range(20):
        Counter.objects.filter(key__startswith="pin-guesses:").delete()
        enter(bo.reference, wrong(pin))
    Counter.objects.filter(key__startswith="pin-guesses:").delete()
    assert "This waits for 24 hours." in text_of(enter(bo.reference, pin))


def test_guesses_are_counted_for_who_stands_behind_the_proxy(
    bo: Application, pin: str, enter: Enter, settings: LazySettings
) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(120):
        enter(f"1{number:09}", pin, HTTP_X_FORWARDED_FOR="203.0.113.7, 192.0.2.1")
    assert enter("2000000000", pin, HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 429
    # What a client writes further left is no address, and others are not locked out.
    assert enter(bo.reference, pin, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 303


@pytest.mark.parametrize(
    ("reference", "guess", "said"),
    [
        ("", "", "Write the ten digits"),
        ("482155390", "042917", "A reference has ten digits"),
        ("<script>", "042917", "A reference has ten digits"),
        ("4821553907", "42917", "A PIN has six digits"),
        ("4821553907", "x" * 5000, "A PIN has six digits"),
        ("4821\x00553907", "042917", "Null characters are not allowed"),
    ],
)
def test_what_is_no_number_is_said_without_a_try(
    enter: Enter, db: None, reference: str, guess: str, said: str
) -> None:
    answer = enter(reference, guess)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Counter.objects.exists()


def test_looking_at_the_form_asks_the_database_nothing(visitor: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        visitor.get("/status/")
    assert len(seen) == 0


# ── the same rights as any other ─────────────────────────────────────────────────────────────────


def test_who_has_no_mail_may_withdraw_and_take_it_back(
    bo: Application, pin: str, enter: Enter, visitor: Client, diner: Employer
) -> None:
    address = enter(bo.reference, pin).headers["Location"]
    asked = text_of(visitor.get(address + "withdrawal/"))
    assert "Withdraw your application?" in asked
    assert "short mail" not in asked
    assert "Take it back" in text_of(visitor.post(address + "withdrawal/", follow=True))
    assert "you will hear by" in text_of(visitor.post(address + "withdrawal/undo/", follow=True))


def test_the_slip_is_shown_as_the_receipt(
    bo: Application, pin: str, enter: Enter, visitor: Client, rosa: Identity
) -> None:
    at = dt.datetime(2026, 11, 26, 19, 2, tzinfo=dt.UTC)
    address = enter(bo.reference, pin).headers["Location"]
    assert "<dt>Receipt</dt>" not in text_of(visitor.get(address))
    with bo.employer.scope(), clock_at(at):
        give_slip(bo, key=uuid7(), by=rosa)
    page = text_of(visitor.get(f"/a/{status_token(bo)}/"))
    assert "Handed over on paper on Thursday, 26 November, at 14:02 by Rosa." in page


# ── a PIN for who has the link ───────────────────────────────────────────────────────────────────


def test_who_has_the_link_may_ask_for_a_pin(jo: Application, visitor: Client, enter: Enter) -> None:
    address = f"/a/{status_token(jo)}/pin/"
    assert address in text_of(visitor.get(f"/a/{status_token(jo)}/"))
    assert "Get a PIN?" in text_of(visitor.get(address))
    page = text_of(visitor.post(address))
    found = re.search(r"<dt>PIN</dt> <dd><span class=\"code\">([0-9 ]{7})", page)
    assert found
    assert enter(jo.reference, pin_in(found[1])).status_code == 303
    with jo.employer.scope():
        assert jo.events().get(kind="pin_made").by == "the applicant"


def test_looking_makes_no_pin(jo: Application, visitor: Client) -> None:
    visitor.get(f"/a/{status_token(jo)}/pin/")
    visitor.head(f"/a/{status_token(jo)}/pin/")
    with jo.employer.scope():
        assert not Pin.objects.exists()


def test_a_form_sent_twice_shows_one_pin(jo: Application, visitor: Client) -> None:
    key = str(uuid7())
    pages = [visitor.post(f"/a/{status_token(jo)}/pin/", {"form_key": key}) for _ in range(2)]
    assert pages[0].content == pages[1].content
    assert visitor.post(f"/a/{status_token(jo)}/pin/", {"form_key": "nonsense"}).status_code == 200


def test_without_the_link_there_is_no_pin(visitor: Client, db: None) -> None:
    assert visitor.post("/a/not-a-token/pin/").status_code == 404
