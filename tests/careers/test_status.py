from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.documents.models import Document
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.support.noting import note
from tests.careers.conftest import text_of
from tests.support.conftest import TUESDAY, failed, tell

Apply = Callable[..., Application]


def address(application: Application) -> str:
    return f"/a/{status_token(application)}/"


def page_of(application: Application, visitor: Client) -> str:
    return text_of(visitor.get(address(application)))


def again(application: Application) -> Application:
    with application.employer.scope():
        return Application.objects.for_page().get(pk=application.pk)


def test_the_page_shows_what_was_received_and_the_date(
    cook: Job, apply: Apply, visitor: Client, diner: Employer
) -> None:
    with diner.scope():
        document = Document.objects.create(
            name="jo-smith.pdf", kind="pdf", size=184_320, sha256="0" * 64, path="x"
        )
    jo = apply(cook, document=document, answers=[{"question": "Shift?", "answer": "<b>Early"}])
    page = page_of(jo, visitor)
    assert "you will hear by" in page
    assert f"{jo.due_on:%A}, {jo.due_on.day} {jo.due_on:%B}" in page
    assert "jo-smith.pdf" in page
    assert "180.0" in page
    assert "&lt;b&gt;Early" in page
    assert jo.reference[:4] in page
    assert "It is on its way to j•••@example.org" in page
    assert "Withdraw my application" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("warm")
def test_the_page_takes_eleven_statements_however_much_happened(
    count: int, jo: Application, visitor: Client, rosa: Identity, diner: Employer
) -> None:
    with diner.scope():
        for stage in diner.stages.order_by("position")[1 : 1 + count]:  # type: ignore[attr-defined]
            jo.move(stage, by=rosa)
    with clock_at(clock.now() + dt.timedelta(hours=1)), CaptureQueriesContext(connection) as seen:
        visitor.get(address(jo))
    assert len(seen) == 11


def test_the_page_is_neither_kept_nor_indexed_nor_passed_on(
    jo: Application, visitor: Client
) -> None:
    answer = visitor.get(address(jo))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_a_decision_that_is_held_changes_not_a_letter(
    jo: Application, visitor: Client, rosa: Identity, diner: Employer
) -> None:
    before = page_of(jo, visitor)
    asked_before = text_of(visitor.get(address(jo) + "withdrawal/"))
    with diner.scope():
        jo.decline(by=rosa)
    assert page_of(jo, visitor) == before
    assert text_of(visitor.get(address(jo) + "withdrawal/")) == asked_before
    later = clock.now() + diner.undo_window + dt.timedelta(seconds=1)
    with clock_at(later):
        assert "Not this time" in page_of(jo, visitor)


def test_who_withdraws_while_a_no_is_held_has_withdrawn(
    jo: Application, visitor: Client, rosa: Identity, diner: Employer
) -> None:
    """A refusal, or another word, would tell of the decision."""
    with diner.scope():
        no = jo.decline(by=rosa)
    visitor.post(address(jo) + "withdrawal/")
    page = page_of(jo, visitor)
    assert "You have withdrawn your application." in page
    with diner.scope():
        no.message.refresh_from_db()
        assert no.message.state == "skipped"
        assert again(jo).closure.reason == "withdrawn"


def test_an_undo_that_was_never_offered_takes_nothing_back(
    jo: Application, visitor: Client, rosa: Identity, diner: Employer
) -> None:
    """Neither a held move nor a held decision is the applicant's to take back, or to learn of."""
    with diner.scope():
        jo.move(jo.next_stage(), by=rosa)
        moved_to = again(jo).stage_id
    visitor.post(address(jo) + "withdrawal/undo/")
    assert again(jo).stage_id == moved_to
    with diner.scope():
        jo.decline(by=rosa)
    answer = visitor.post(address(jo) + "withdrawal/undo/", follow=True)
    assert "you will hear by" in text_of(answer)
    with diner.scope():
        assert again(jo).closure.reason == "declined"


def test_withdrawing_asks_once_and_can_be_taken_back_for_a_minute(
    jo: Application, visitor: Client, diner: Employer
) -> None:
    with diner.scope():
        promised = status_of(again(jo)).next_by
    question = text_of(visitor.get(address(jo) + "withdrawal/"))
    assert "Withdraw your application?" in question
    assert again(jo).is_open
    withdrawn = text_of(visitor.post(address(jo) + "withdrawal/", follow=True))
    assert "Take it back" in withdrawn
    assert "You will hear by" not in withdrawn
    back = text_of(visitor.post(address(jo) + "withdrawal/undo/", follow=True))
    assert "you will hear by" in back
    with diner.scope():
        assert status_of(again(jo)).next_by == promised
        assert again(jo).messages().get(kind="withdrawn").state == "skipped"


def test_after_the_minute_a_withdrawal_stands(jo: Application, visitor: Client) -> None:
    visitor.post(address(jo) + "withdrawal/")
    with clock_at(clock.now() + dt.timedelta(seconds=61)):
        assert "Take it back" not in page_of(jo, visitor)
        visitor.post(address(jo) + "withdrawal/undo/")
    assert not again(jo).is_open


def test_withdrawing_twice_is_withdrawing_once(
    jo: Application, visitor: Client, diner: Employer
) -> None:
    for _ in range(2):
        assert visitor.post(address(jo) + "withdrawal/").status_code == 302
    with diner.scope():
        assert again(jo).messages().filter(kind="withdrawn").count() == 1


def test_looking_changes_nothing(jo: Application, visitor: Client) -> None:
    """Mail scanners open every link."""
    for path in ("", "withdrawal/"):
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address(jo) + path)
            visitor.head(address(jo) + path)
        assert all(query["sql"].startswith("SELECT") for query in queries)
    assert visitor.get(address(jo) + "withdrawal/undo/").status_code == 405


def test_a_date_that_passed_is_owned_up_to(jo: Application, visitor: Client) -> None:
    with clock_at(clock.now() + dt.timedelta(days=30)):
        page = page_of(jo, visitor)
    assert "you should have heard by" in page
    assert "We are late, and we are sorry." in page


def test_a_receipt_that_nobody_reports_on_is_not_said_to_have_arrived(
    jo: Application, visitor: Client, diner: Employer
) -> None:
    with diner.scope():
        jo.receipt.settle("sent", source="smtp reply", evidence="250 ok")
    assert "Your mail provider has not confirmed yet that it has it." in page_of(jo, visitor)
    with clock_at(clock.now() + dt.timedelta(hours=25)):
        page = page_of(jo, visitor)
    assert "has not told us whether it has it" in page
    assert "look among unwanted mail" in page


def test_a_receipt_that_bounced_is_said_with_what_to_do(
    jo: Application, visitor: Client, diner: Employer
) -> None:
    with diner.scope():
        jo.receipt.settle("bounced", source="dsn", evidence="5.1.1")
    page = page_of(jo, visitor)
    assert "We could not reach you at j•••@example.org." in page
    assert "An address that reaches you" in page
    assert "jo@example.org" not in page


def test_a_file_that_could_not_be_read_is_said_so(
    cook: Job, apply: Apply, visitor: Client, diner: Employer
) -> None:
    with diner.scope():
        document = Document.objects.create(
            name="jo.pdf", kind="pdf", size=9, sha256="0" * 64, path="x"
        )
    jo = apply(cook, document=document)
    assert "could not read" not in page_of(jo, visitor)
    with diner.scope():
        document.keep_text("", resume={}, problem="encrypted")
    assert "We could not read the text of your file." in page_of(jo, visitor)


def test_a_damaged_link_leads_to_a_fresh_one(jo: Application, visitor: Client) -> None:
    token = status_token(jo)
    for damaged in (token[:-3], token.replace(".", "x"), token[:30]):
        answer = visitor.get(f"/a/{damaged}/")
        assert answer.status_code == 404
        assert 'action="/e/blue-spoon/link/"' in text_of(answer)
    for nonsense in ("x", "%00", "." * 300, "ä" * 40):
        answer = visitor.get(f"/a/{nonsense}/")
        assert answer.status_code == 404
        assert 'action="/link/"' in text_of(answer)


def test_a_link_to_what_is_gone_is_answered_like_a_damaged_one(
    jo: Application, visitor: Client
) -> None:
    jo.pk = jo.employer_id
    assert visitor.get(address(jo)).status_code == 404
    assert visitor.post(address(jo) + "withdrawal/").status_code == 404


def test_the_page_names_the_phone_line_and_the_way_to_a_pin(jo: Application) -> None:
    address = f"/a/{status_token(jo)}/"
    assert "By phone" not in Client().get(address).content.decode()
    with jo.employer.scope():
        set_up_line(jo.employer, number="+12125550142", greeting="", is_on=True, by="Ada")
    page = Client().get(address).content.decode()
    assert 'href="tel:+1212-555-0142"' in page
    assert f'href="{address}pin/"' in page
    pin = Client().post(f"{address}pin/", {"form_key": str(uuid7())}).content.decode()
    assert "+1 212-555-0142" in pin


def test_a_failure_of_ours_is_said_with_the_day_of_the_answer(
    jo: Application, visitor: Client
) -> None:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        tell(known.code)
        page = page_of(jo, visitor)
    assert "Something went wrong on our side" in page
    assert "Support answers you by" in page
    assert f"/help/{known.code}/" in page
    assert "Wait for the reply of support." in page


def test_an_answer_that_solved_nothing_leads_back_to_support(
    jo: Application, visitor: Client
) -> None:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        tell(known.code).reply("We are still looking.", by="Operator", solves=False)
        page = page_of(jo, visitor)
    assert "Support has answered by e-mail." in page
    assert "Write to support" in page
