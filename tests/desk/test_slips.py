from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job, Pin, PolicyVersion
from sincerely.hiring.pins import WrongPin, check_pin, pin_in
from sincerely.kernel.ids import uuid7
from tests.desk.conftest import signed_in, text_of


@pytest.fixture
def bo(cook: Job, apply: Callable[..., Application]) -> Application:
    """Bo walked in, and has neither phone nor e-mail."""
    return apply(cook, name="Bo Lee", email="", source="walk-in")


@pytest.fixture
def slip(page_of: Any, bo: Application) -> str:
    return str(page_of(bo, "slip"))


def pin_on(page: str) -> str:
    found = re.search(r"<dt>PIN</dt>\s*<dd>([0-9 ]+)</dd>", page)
    return pin_in(found[1]) if found else ""


def printed(client: Client, slip: str, **given: Any) -> str:
    """The PIN on a new slip."""
    answer = client.post(slip, given)
    assert answer.status_code == 303
    return pin_on(text_of(client.get(answer.headers["Location"])))


def test_a_new_slip_has_a_pin_that_opens_the_status(
    at_rosas_desk: Client, slip: str, bo: Application
) -> None:
    assert pin_on(text_of(at_rosas_desk.get(slip))) == ""
    pin = printed(at_rosas_desk, slip)
    assert check_pin(bo.reference, pin, caller="192.0.2.1") == bo


def test_a_reload_prints_the_same_slip_again(at_rosas_desk: Client, slip: str) -> None:
    pin = printed(at_rosas_desk, slip)
    assert pin_on(text_of(at_rosas_desk.get(slip))) == pin


def test_the_next_slip_kills_the_pin_before_and_that_is_recorded(
    at_rosas_desk: Client, slip: str, bo: Application
) -> None:
    first, second = printed(at_rosas_desk, slip), printed(at_rosas_desk, slip)
    assert check_pin(bo.reference, second, caller="192.0.2.1")
    with pytest.raises(WrongPin):
        check_pin(bo.reference, first, caller="192.0.2.1")
    with bo.employer.scope():
        assert [event.by for event in bo.events().filter(kind="pin_made")] == ["Rosa", "Rosa"]


def test_one_form_sent_twice_makes_one_pin(
    at_rosas_desk: Client, slip: str, bo: Application
) -> None:
    key = str(uuid7())
    pins = {printed(at_rosas_desk, slip, form_key=key) for _ in range(3)}
    assert len(pins) == 1


def test_a_pin_that_is_dead_is_not_shown(at_rosas_desk: Client, slip: str, rosa: Identity) -> None:
    printed(at_rosas_desk, slip)
    printed(signed_in(rosa), slip)
    assert pin_on(text_of(at_rosas_desk.get(slip))) == ""


def test_nobody_else_sees_the_pin(at_rosas_desk: Client, slip: str, ada: Identity) -> None:
    printed(at_rosas_desk, slip)
    assert pin_on(text_of(signed_in(ada).get(slip))) == ""
    cookie = at_rosas_desk.cookies["slip"]
    assert cookie["httponly"]
    assert cookie["path"] == slip
    assert cookie["samesite"] == "Strict"


def test_a_forged_cookie_shows_nothing(at_rosas_desk: Client, slip: str) -> None:
    at_rosas_desk.cookies["slip"] = "123456:forged"
    assert pin_on(text_of(at_rosas_desk.get(slip))) == ""


def test_looking_makes_no_pin(at_rosas_desk: Client, slip: str, bo: Application) -> None:
    with CaptureQueriesContext(connection) as seen:
        at_rosas_desk.get(slip)
        at_rosas_desk.get(f"{slip}handover/")
    assert all(query["sql"].lstrip().startswith("SELECT") for query in seen)
    with bo.employer.scope():
        assert not Pin.objects.exists()


def test_handing_it_over_is_the_receipt(
    at_rosas_desk: Client, slip: str, bo: Application, page_of: Any
) -> None:
    assert "None yet: the slip was not given to them." in text_of(at_rosas_desk.get(page_of(bo)))
    printed(at_rosas_desk, slip)
    key = str(uuid7())
    for _ in range(2):
        answer = at_rosas_desk.post(f"{slip}handover/", {"form_key": key, "from": "front-desk"})
    assert answer.headers["Location"] == "/desk/blue-spoon/front-desk/"
    assert "Handed over on paper on" in text_of(at_rosas_desk.get(page_of(bo)))
    assert "Handed over on paper on" in text_of(at_rosas_desk.get(page_of(bo, "call_card")))
    assert "Rosa handed the slip over" in text_of(at_rosas_desk.get(page_of(bo)))
    with bo.employer.scope():
        assert bo.events().filter(kind="slip_given").count() == 1
    assert pin_on(text_of(at_rosas_desk.get(slip))) == ""


def test_a_reprint_leads_back_to_the_application(
    at_rosas_desk: Client, slip: str, bo: Application, page_of: Any
) -> None:
    answer = at_rosas_desk.post(f"{slip}handover/", {"from": "https://mallory.example/"})
    assert answer.headers["Location"] == page_of(bo)


def test_the_slip_says_what_the_mail_would_say(
    at_rosas_desk: Client, cook: Job, apply: Callable[..., Application], page_of: Any
) -> None:
    published = {
        "stance": "calls_welcome",
        "phone": "+1 212 555 0142",
        "phone_hours": ["Mon-Fri 10:00-12:00"],
        "walk_in": {"place": "12 Harbour Street", "hours": ["Mon-Fri 14:00-17:00"]},
    }
    with cook.employer.scope():
        PolicyVersion.objects.create(published=published)
        cook.employer.refresh_from_db()
    bo = apply(cook, name="Bo <b>Lee", email="")
    page = text_of(at_rosas_desk.get(page_of(bo, "slip")))
    for said in (
        "Blue Spoon Diner",
        "Bo &lt;b&gt;Lee",
        "Line cook",
        f"{bo.due_on:%A}, {bo.due_on.day} {bo.due_on:%B}",
        f"{bo.reference[:4]} {bo.reference[4:7]} {bo.reference[7:]}",
        "/status/",
        "The phone is answered: Monday to Friday, 10:00 to 12:00",
        "You may come in without an appointment: 12 Harbour Street.",
    ):
        assert said in page, said


def test_the_slip_of_who_ended_says_so(at_rosas_desk: Client, slip: str, bo: Application) -> None:
    with bo.employer.scope():
        bo.withdraw()
    assert "Withdrawn" in text_of(at_rosas_desk.get(slip))


def test_a_hiring_manager_prints_slips_for_their_own_jobs(
    hugo: Identity, cook: Job, slip: str
) -> None:
    client = signed_in(hugo)
    assert client.post(slip).status_code == 404
    with cook.employer.scope():
        cook.add_to_team(hugo)
    assert len(printed(client, slip)) == 6
