from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Call, Job
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from tests.desk.conftest import text_of

HTMX = {"HX-Request": "true"}


def test_a_voicemail_is_logged_and_the_card_is_answered_afresh(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    fields = {"kind": "voicemail", "note": "Still open?"}
    response = at_rosas_desk.post(page_of(jo, "calls"), fields, headers=HTMX)
    assert "left a voicemail" in text_of(response)
    with jo.employer.scope():
        assert [str(call.kind) for call in jo.calls.all()] == ["voicemail"]


def test_without_scripts_logging_leads_back_to_the_card(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    response = at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call"})
    assert response["Location"] == page_of(jo, "call_card")


def test_a_date_given_on_the_phone_is_a_promise_and_keeps_the_one_before(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    friday = clock.today("America/New_York") + dt.timedelta(days=4)
    fields = {"kind": "call", "told": "on", "due_on": friday.isoformat()}
    at_rosas_desk.post(page_of(jo, "calls"), fields)
    with jo.employer.scope():
        jo.refresh_from_db()
        first, second = jo.promises.order_by("made_at")
        assert first.outcome == Outcome.KEPT
        assert second.due_on == jo.due_on == status_of(jo).next_by == friday


def test_a_call_that_told_nothing_promises_nothing(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call", "note": "Wrong number"})
    with jo.employer.scope():
        assert [promise.outcome for promise in jo.promises.all()] == [Outcome.OPEN]


def test_a_voicemail_tells_nobody_anything(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "voicemail", "told": "on"})
    with jo.employer.scope():
        assert [promise.outcome for promise in jo.promises.all()] == [Outcome.OPEN]


def test_a_day_in_the_past_is_no_promise(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    fields = {"kind": "call", "told": "on", "due_on": "2020-01-01"}
    response = at_rosas_desk.post(page_of(jo, "calls"), fields, headers=HTMX)
    assert "lies in the past" in text_of(response)
    with jo.employer.scope():
        assert not jo.calls.exists()


def test_a_held_decision_is_not_told_by_a_call_whatever_the_form_says(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.decline(by=rosa)
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call", "told": "on"})
    with jo.employer.scope():
        assert jo.closure.told_at is None


def test_what_no_message_tells_may_be_told_on_the_phone_at_once(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any, rosa: Identity
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    with cook.employer.scope():
        no_mail.decline(by=rosa)
    card = text_of(at_rosas_desk.get(page_of(no_mail, "call_card")))
    assert "No message goes out. You may tell them" in card
    assert "Do not mention" not in card
    assert "They now know the outcome" in card
    at_rosas_desk.post(page_of(no_mail, "calls"), {"kind": "call", "told": "on"})
    with cook.employer.scope():
        assert no_mail.closure.told_how == "in a call with Rosa"


def test_an_ended_application_is_told_by_a_conversation(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any, rosa: Identity
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    with cook.employer.scope():
        closure = no_mail.decline(by=rosa)
        type(closure).objects.update(shown_at=clock.now() - dt.timedelta(minutes=1))
    assert "They now know the outcome" in text_of(at_rosas_desk.get(page_of(no_mail, "call_card")))
    at_rosas_desk.post(page_of(no_mail, "calls"), {"kind": "visit", "told": "on"})
    with cook.employer.scope():
        assert no_mail.closure.told_how == "in a visit with Rosa"
    assert 'name="told"' not in text_of(at_rosas_desk.get(page_of(no_mail, "call_card")))


def test_an_empty_note_is_refused_in_words(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    response = at_rosas_desk.post(page_of(jo, "notes"), {"text": "  "}, headers=HTMX)
    assert "The note is empty" in text_of(response)


def test_a_hiring_manager_may_log_a_call_but_does_not_see_how_often_somebody_called(
    at_rosas_desk: Client, at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call", "note": "Called a third time"})
    at_hugos_desk.post(page_of(jo, "calls"), {"kind": "call", "note": "Rang the kitchen"})
    with jo.employer.scope():
        assert Call.objects.count() == 2
    for name in ("call_card", "application"):
        page = text_of(at_hugos_desk.get(page_of(jo, name)))
        assert "third time" not in page
        assert "Rang the kitchen" not in page


def test_who_comes_back_to_a_logged_address_is_led_to_the_card(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    for name in ("calls", "notes"):
        assert at_rosas_desk.get(page_of(jo, name))["Location"] == page_of(jo, "call_card")


def test_a_call_of_ours_is_nobodys_follow_up(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call", "by_us": "on"})
    with jo.employer.scope():
        assert jo.calls.get().by_us
        assert not jo.follow_ups.exists()


def test_the_note_is_optional_and_the_toast_offers_undo(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    answer = text_of(at_rosas_desk.post(page_of(jo, "calls"), {"kind": "visit"}, headers=HTMX))
    with jo.employer.scope():
        undo = page_of(jo, "call_undo", call_id=jo.calls.get().pk)
    assert "Visit logged." in answer
    assert f'hx-post="{undo}" hx-target="#panel"' in answer
    assert 'data-seconds="20"' in answer


def test_what_was_logged_is_taken_back_and_the_card_is_answered_afresh(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call"})
    with jo.employer.scope():
        undo = page_of(jo, "call_undo", call_id=jo.calls.get().pk)
    assert at_rosas_desk.get(undo)["Location"] == page_of(jo, "call_card")
    answer = text_of(at_rosas_desk.post(undo, headers=HTMX))
    assert "The call is taken back" in answer
    assert "Rosa took the logged call back" in answer
    assert "taken back already" in text_of(at_rosas_desk.post(undo, headers=HTMX))
    assert at_rosas_desk.post(undo)["Location"] == page_of(jo, "call_card")


def test_too_late_to_take_it_back_is_said(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "call"})
    with jo.employer.scope():
        undo = page_of(jo, "call_undo", call_id=jo.calls.get().pk)
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        answer = text_of(at_rosas_desk.post(undo, headers=HTMX))
    assert "The ten minutes to take it back are over." in answer


def test_hugo_takes_back_his_own_call_and_nobody_elses(
    at_hugos_desk: Client, at_rosas_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    undo = {}
    for whose, client in {"rosa": at_rosas_desk, "hugo": at_hugos_desk}.items():
        client.post(page_of(jo, "calls"), {"kind": "call"})
        with jo.employer.scope():
            undo[whose] = page_of(jo, "call_undo", call_id=jo.calls.latest("at").pk)
    assert at_hugos_desk.post(undo["hugo"]).status_code == 302
    assert at_hugos_desk.post(undo["rosa"]).status_code == 404
    with jo.employer.scope():
        assert jo.calls.get().by == "Rosa"


def test_a_call_of_another_application_is_not_taken_back(
    at_rosas_desk: Client, jo: Application, cook: Job, apply: Any, page_of: Any
) -> None:
    sam = apply(cook, name="Sam", email="sam@example.org")
    at_rosas_desk.post(page_of(sam, "calls"), {"kind": "call"})
    with jo.employer.scope():
        call = sam.calls.get()
    at_rosas_desk.post(page_of(jo, "call_undo", call_id=call.pk))
    with jo.employer.scope():
        assert sam.calls.get() == call


def test_the_same_form_twice_logs_one_call(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    fields = {"kind": "call", "id": str(uuid7())}
    for _ in range(2):
        at_rosas_desk.post(page_of(jo, "calls"), fields)
    with jo.employer.scope():
        assert jo.calls.count() == 1


def test_a_form_of_somebody_elses_card_is_refused_in_words(
    at_rosas_desk: Client, jo: Application, cook: Job, apply: Any, page_of: Any
) -> None:
    sam = apply(cook, name="Sam", email="sam@example.org")
    fields = {"kind": "call", "id": str(uuid7()), "note": "Hello"}
    at_rosas_desk.post(page_of(jo, "calls"), fields)
    answer = text_of(at_rosas_desk.post(page_of(sam, "calls"), fields, headers=HTMX))
    assert "Open the card once more" in answer


def test_a_key_that_is_none_and_a_kind_that_is_none_are_refused(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    for fields in ({"kind": "call", "id": "x"}, {"kind": "fax"}, {}):
        answer = at_rosas_desk.post(page_of(jo, "calls"), fields, headers=HTMX)
        assert "Not done." in text_of(answer)
    with jo.employer.scope():
        assert not jo.calls.exists()
