from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Call, Job
from sincerely.hiring.status import status_of
from sincerely.kernel.ids import spoken_reference
from tests.desk.conftest import text_of

HTMX = {"HX-Request": "true"}


def test_the_card_gives_the_sentence_that_every_channel_gives(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        sentence = status_of(jo).sentence
    assert sentence in text_of(at_rosas_desk.get(page_of(jo, "call_card")))


def test_for_the_side_panel_the_card_alone_is_sent(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    panel = text_of(at_rosas_desk.get(page_of(jo, "call_card"), headers=HTMX))
    assert panel.strip().startswith("<call-card")
    assert "<html" not in panel


def test_a_held_decision_is_not_to_be_mentioned_and_changes_no_word_that_may_be_said(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        sentence = status_of(jo).sentence
        jo.decline(by=rosa)
    card = text_of(at_rosas_desk.get(page_of(jo, "call_card")))
    assert "A decision is held until" in card
    assert sentence in card
    assert 'name="told"' not in card


def test_what_somebody_wrote_is_shown_and_never_run(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any
) -> None:
    one = apply(cook, name="<script>alert(1)</script>", email="x@example.org")
    at_rosas_desk.post(page_of(one, "notes"), {"text": "{by} <img src=x>"})
    for name in ("call_card", "application", "closure"):
        page = text_of(at_rosas_desk.get(page_of(one, name)))
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
    assert "{by} &lt;img src=x&gt;" in text_of(at_rosas_desk.get(page_of(one, "call_card")))


def once(page: str) -> str:
    """The part of the card about the one follow-up."""
    return page.partition('<section class="call-once"')[2].partition("</section>")[0]


def test_the_card_says_whether_the_follow_up_was_used_when_and_how(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    card = page_of(jo, "call_card")
    assert "Follow-up not open yet" in once(text_of(at_rosas_desk.get(card)))
    with jo.employer.scope():
        jo.log_call(Call.Kind.VOICEMAIL, by=rosa)
    used = once(text_of(at_rosas_desk.get(card)))
    assert "Follow-up used" in used
    assert "by voicemail on" in used
    assert "taken by Rosa" in used
    assert "There is nothing else to do." in used


def test_the_rule_that_decided_is_there_with_its_source(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.log_call(Call.Kind.CALL, by=rosa)
    used = once(text_of(at_rosas_desk.get(page_of(jo, "call_card"))))
    assert "The one follow-up was used; a call, a voicemail, an e-mail and a visit all" in used
    assert "Source: “The follow-up call”" in used


def test_a_held_decision_changes_nothing_about_the_follow_up(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    before = once(text_of(at_rosas_desk.get(page_of(jo, "call_card"))))
    with jo.employer.scope():
        jo.decline(by=rosa)
    assert once(text_of(at_rosas_desk.get(page_of(jo, "call_card")))) == before != ""


def test_a_hiring_manager_sees_neither_the_follow_up_nor_an_address(
    at_hugos_desk: Client, at_rosas_desk: Client, hugos_job: Job, apply: Any, page_of: Any
) -> None:
    one = apply(hugos_job, name="Lee", email="lee@example.org", phone="+12125550142")
    hugos, rosas = (
        text_of(client.get(page_of(one, "call_card"))) for client in (at_hugos_desk, at_rosas_desk)
    )
    for part in ("lee@example.org", "+12125550142", 'class="call-once"'):
        assert part in rosas
        assert part not in hugos


def test_the_address_is_closed_until_somebody_opens_it(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    before, _, reach = text_of(at_rosas_desk.get(page_of(jo, "call_card"))).partition(
        '<details class="call-reach">'
    )
    assert jo.email not in before
    assert jo.email in reach


def test_the_card_says_what_to_ask_a_caller(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    page = text_of(at_rosas_desk.get(page_of(jo, "call_card")))
    assert "Ask for the reference" in page
    assert spoken_reference(jo.reference) in page


def test_a_missed_date_is_not_replaced_by_a_hope(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    page = page_of(jo, "call_card")
    assert "An earlier date, or a next step that nobody promised." in text_of(
        at_rosas_desk.get(page)
    )
    with jo.employer.scope():
        jo.promises.update(due_on=dt.date(2020, 1, 1))
    assert "A date that you only hope for." in text_of(at_rosas_desk.get(page))


def test_the_card_takes_as_many_statements_for_much_as_for_little(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            at_rosas_desk.get(page_of(jo, "call_card"), headers=HTMX)
        return len(queries)

    statements()
    little = statements()
    with jo.employer.scope():
        for _ in range(3):
            jo.log_call(Call.Kind.CALL, by=rosa, told=True)
            jo.add_note("Called again.", by=rosa)
    assert statements() == little <= 17
