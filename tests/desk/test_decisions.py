from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from sincerely.accounts.models import Employer, Identity, Role
from sincerely.hiring.models import Application, Job, Reason
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.conftest import member
from tests.desk.conftest import signed_in, text_of

HTMX = {"HX-Request": "true", "HX-Target": "dialog"}
NO = {"reason": "declined", "note": "Hours", "subject": "Your application", "text": "Sorry, Jo."}


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("reason", Reason.values)
def test_every_end_shows_its_message_filled_before_it_is_decided(
    reason: str, at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    page = text_of(at_rosas_desk.get(page_of(jo, "closure"), {"reason": reason}, headers=HTMX))
    assert "Hello Jo Smith," in page
    assert "Line cook" in page
    assert "{job}" not in page
    assert "<html" not in page


def test_the_message_goes_out_as_the_recruiter_wrote_it_after_the_undo_window(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    response = at_rosas_desk.post(page_of(jo, "closure"), NO)
    assert response["Location"] == page_of(jo)
    with jo.employer.scope():
        closure = jo.closure
        assert (closure.reason, closure.note, closure.by) == ("declined", "Hours", "Rosa")
        assert closure.message.text == "Sorry, Jo."
        assert closure.message.is_held(clock.now())
        assert closure.told_at is None


def test_the_note_for_the_team_never_reaches_the_message(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "closure"), NO | {"note": "TEAM ONLY"})
    with jo.employer.scope():
        assert b"TEAM ONLY" not in bytes(jo.closure.message.raw)


def test_a_message_without_a_text_is_refused_and_what_was_typed_stays(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    page = text_of(at_rosas_desk.post(page_of(jo, "closure"), NO | {"text": " "}))
    assert "One thing needs your attention" in page
    assert "Hours" in page
    with jo.employer.scope():
        assert jo.closure is None


def test_the_second_of_two_recruiters_sees_the_decision_of_the_first(
    at_rosas_desk: Client, diner: Employer, jo: Application, page_of: Any
) -> None:
    other = signed_in(member(diner, "Rita", Role.RECRUITER))
    dialog = text_of(other.get(page_of(jo, "closure"), headers=HTMX))
    assert "Decline and tell them" in dialog
    at_rosas_desk.post(page_of(jo, "closure"), NO)
    late = other.post(page_of(jo, "closure"), NO | {"reason": "hired"})
    assert said(late) == ["Jo Smith's application has ended already: Declined by Rosa."]
    again = text_of(other.get(page_of(jo, "closure"), headers=HTMX))
    assert "The first decision stands." in again
    with jo.employer.scope():
        assert jo.messages().filter(kind="hired").count() == 0


def test_who_decides_after_a_colleague_moved_it_is_told_and_keeps_what_they_wrote(
    at_rosas_desk: Client, jo: Application, ada: Identity, page_of: Any
) -> None:
    seen = NO | {"stage": str(jo.stage_id)}
    with jo.employer.scope():
        jo.move(jo.next_stage(), by=ada)
    page = text_of(at_rosas_desk.post(page_of(jo, "closure"), seen))
    assert "Ada has moved Jo Smith to Review meanwhile. Look at it again." in page
    assert "Sorry, Jo." in page
    with jo.employer.scope():
        assert jo.closure is None
        assert f'name="stage" value="{jo.stage_id}"' in page, "the next click is meant for this one"


def test_undo_takes_the_decision_back_and_nothing_is_sent(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "closure"), NO)
    response = at_rosas_desk.post(page_of(jo, "undo"))
    assert "Taken back. Nothing was sent." in said(response)
    with jo.employer.scope():
        jo.refresh_from_db()
        assert jo.is_open
        assert jo.messages().get(kind="declined").state == Message.State.SKIPPED


def test_undo_comes_too_late_once_the_message_is_on_its_way(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "closure"), NO)
    with jo.employer.scope():
        jo.messages().filter(kind="declined").update(state=Message.State.SENDING)
    response = at_rosas_desk.post(page_of(jo, "undo"))
    assert any("too late" in text for text in said(response))
    with jo.employer.scope():
        assert jo.closure is not None


def test_a_decision_without_an_address_cannot_be_undone_for_ever(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    page = text_of(at_rosas_desk.get(page_of(no_mail, "closure")))
    assert "No e-mail address." in page
    at_rosas_desk.post(page_of(no_mail, "closure"), {"reason": "declined"})
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        response = at_rosas_desk.post(page_of(no_mail, "undo"))
    assert any("too late" in text for text in said(response))


def test_undo_leads_back_to_where_it_was_asked_but_never_to_a_foreign_page(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    for referer, leads_to in {
        "http://testserver/desk/blue-spoon/?group=week": "/desk/blue-spoon/?group=week",
        "http://elsewhere.example/desk/blue-spoon/": page_of(jo),
        "http://testserver/desk/st-brigid/": page_of(jo),
    }.items():
        at_rosas_desk.post(page_of(jo, "closure"), NO)
        response = at_rosas_desk.post(page_of(jo, "undo"), headers={"Referer": referer})
        assert response["Location"] == leads_to


def test_the_dialog_leads_back_to_the_page_it_was_opened_on(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    came_from = {"HX-Current-URL": "http://testserver/desk/blue-spoon/jobs/line-cook/"}
    dialog = text_of(at_rosas_desk.get(page_of(jo, "closure"), headers=HTMX | came_from))
    assert 'name="next" value="/desk/blue-spoon/jobs/line-cook/"' in dialog
    fields = NO | {"next": "/desk/blue-spoon/jobs/line-cook/"}
    response = at_rosas_desk.post(page_of(jo, "closure"), fields)
    assert response["Location"] == "/desk/blue-spoon/jobs/line-cook/"


def test_a_withdrawal_told_on_the_phone_can_be_taken_back_by_the_team(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    at_rosas_desk.post(page_of(jo, "closure"), NO | {"reason": "withdrawn"})
    at_rosas_desk.post(page_of(jo, "undo"))
    with jo.employer.scope():
        jo.refresh_from_db()
        assert jo.is_open


def word(application: Application, outcome: str, reason: str = "Good hands") -> dict[str, str]:
    return {"outcome": outcome, "reason": reason, "stage": str(application.stage_id)}


def test_hugo_advances_with_a_reason_and_may_undo_it(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    response = at_hugos_desk.post(page_of(jo, "review"), word(jo, "advance"))
    assert said(response)[0].startswith("Jo Smith is advanced. The message waits until")
    at_hugos_desk.post(page_of(jo, "undo"))
    with jo.employer.scope():
        jo.refresh_from_db()
        assert jo.stage.name == "New"


def test_a_second_click_does_not_advance_twice(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    first = word(jo, "advance")
    at_hugos_desk.post(page_of(jo, "review"), first)
    response = at_hugos_desk.post(page_of(jo, "review"), first)
    assert "Jo Smith is in Review by now. Please look again." in said(response)
    with jo.employer.scope():
        jo.refresh_from_db()
        assert jo.stage.name == "Review"


def test_hugo_declines_and_the_applicant_learns_nothing_before_the_window_is_over(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        before = status_of(jo)
    at_hugos_desk.post(page_of(jo, "review"), word(jo, "decline"))
    with jo.employer.scope():
        jo.refresh_from_db()
        assert not jo.is_open
        assert status_of(jo) == before


def test_a_word_needs_a_reason(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    page = text_of(at_hugos_desk.post(page_of(jo, "review"), word(jo, "decline", reason=" ")))
    assert "One thing needs your attention" in page
    with jo.employer.scope():
        assert not jo.reviews.exists()


def test_discuss_sends_the_applicant_nothing(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    response = at_hugos_desk.post(page_of(jo, "review"), word(jo, "discuss"))
    assert said(response) == ["Rosa sees that you want to talk."]
    with jo.employer.scope():
        assert jo.messages().count() == 1  # the receipt


def test_advance_in_the_last_stage_says_what_to_do_instead(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        last = jo.employer.stages.order_by("-position").first()
        Application.objects.filter(pk=jo.pk).update(stage=last)
    page = text_of(at_hugos_desk.get(page_of(jo, "review"), {"outcome": "advance"}, headers=HTMX))
    assert "Hire or decline instead" in page
    assert "<form" not in page


def test_hugo_can_neither_close_nor_take_back_what_rosa_decided(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any, rosa: Identity
) -> None:
    assert at_hugos_desk.get(page_of(jo, "closure")).status_code == 404
    assert at_hugos_desk.post(page_of(jo, "closure"), NO).status_code == 404
    with jo.employer.scope():
        jo.decline(by=rosa)
    assert at_hugos_desk.post(page_of(jo, "undo")).status_code == 404
    with jo.employer.scope():
        assert jo.closure is not None
