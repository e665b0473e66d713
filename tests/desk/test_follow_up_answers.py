"""Answering one follow-up: what is sent, what is kept, and what is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.dates import in_words
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.desk.conftest import signed_in, text_of

INBOX = "/desk/blue-spoon/follow-ups/"
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{INBOX}"}
Asks = Callable[..., FollowUp]


@pytest.fixture
def question(asks: Asks) -> FollowUp:
    return asks("Jo Smith", text="Is there a lift?")


def address(follow_up: FollowUp, part: str = "") -> str:
    return f"{INBOX}{follow_up.pk}/{part}"


def again(follow_up: FollowUp) -> FollowUp:
    with follow_up.application.employer.scope():
        row: FollowUp = FollowUp.objects.for_page().get(pk=follow_up.pk)
        return row


def replies(follow_up: FollowUp) -> list[Message]:
    with follow_up.application.employer.scope():
        return list(follow_up.application.messages().filter(kind="reply"))


def day(after: int) -> dt.date:
    return clock.today("America/New_York") + dt.timedelta(days=after)


def test_what_is_sent_is_what_the_preview_showed(at_rosas_desk: Client, question: FollowUp) -> None:
    given = {"text": "Yes, beside the door.", "day": day(9).isoformat()}
    shown = at_rosas_desk.post(address(question, "preview/"), given, headers=HTMX).context["paper"]
    assert replies(question) == []
    at_rosas_desk.post(address(question, "reply/"), given)
    (message,) = replies(question)
    with question.application.employer.scope():
        token = status_token(question.application)
    assert token in message.text
    assert token not in shown.body
    assert (message.subject, message.text.replace(token, "…")) == (shown.subject, shown.body)
    assert f"You will hear from us by {in_words(day(9))}." in message.text
    assert message.is_held(clock.now())
    assert again(question).application.due_on == day(9)


def test_the_way_without_javascript(at_rosas_desk: Client, question: FollowUp) -> None:
    page = text_of(at_rosas_desk.get(address(question)))
    assert "Is there a lift?" in page
    taken = at_rosas_desk.post(address(question, "preview/"), {"add": "open", "text": "Yes."})
    assert taken.context["form"]["text"].value() == (
        "Yes. The job is still open, and so is your application."
    )
    sent = at_rosas_desk.post(address(question, "reply/"), {"text": "Yes."}, follow=True)
    assert sent.request["PATH_INFO"] == INBOX
    said = text_of(sent)
    assert "Jo Smith is answered. The message waits until" in said
    assert address(question, "undo/") in said
    back = at_rosas_desk.post(
        address(question, "undo/"), headers={"Referer": f"http://testserver{INBOX}"}
    )
    assert back.headers["Location"] == f"{INBOX}#asked-{question.pk}"
    assert again(question).answered_at is None
    assert replies(question)[0].state == Message.State.SKIPPED


def test_in_the_inbox_the_answer_is_the_list_without_it(
    at_rosas_desk: Client, question: FollowUp, asks: Asks
) -> None:
    asks("Lee", -1)
    headers = HTMX | {"HX-Current-URL": f"http://testserver{INBOX}?group=overdue"}
    given = {"text": "Yes.", "place": "inbox"}
    answer = at_rosas_desk.post(address(question, "reply/"), given, headers=headers)
    assert answer.headers["HX-Retarget"] == "#follow-ups"
    assert answer.context["only"] == "overdue"
    assert [group.count for group in answer.context["groups"]] == [1]
    page = text_of(answer)
    assert "One message needs a person." in page
    assert "undo-toast" in page


def test_in_focus_a_line_takes_its_place(at_rosas_desk: Client, question: FollowUp) -> None:
    headers = HTMX | {"HX-Current-URL": f"http://testserver{INBOX}focus/"}
    given = {"text": "Yes.", "place": "focus"}
    answer = at_rosas_desk.post(address(question, "reply/"), given, headers=headers)
    assert answer.headers["HX-Retarget"] == f"#asked-{question.pk}"
    assert "Jo Smith is answered." in text_of(answer)
    back = at_rosas_desk.post(
        address(question, "undo/"), headers={"Referer": f"http://testserver{INBOX}focus/?n=3"}
    )
    assert back.headers["Location"] == f"{INBOX}focus/?at={question.pk}"


def test_who_needs_time_takes_a_day_and_the_question_waits_on(
    at_rosas_desk: Client, question: FollowUp
) -> None:
    due_on = question.application.due_on
    taken = at_rosas_desk.post(address(question, "preview/"), {"add": "later"}, headers=HTMX)
    form = taken.context["form"]
    chosen = form["day"].value()
    assert f"write to you by {in_words(chosen)}" in form["text"].value()
    assert form["more"].value()
    moved = {"text": form["text"].value(), "more": "1", "written_for": str(chosen)}
    moved |= {"day": day(9).isoformat()}
    form = at_rosas_desk.post(address(question, "preview/"), moved, headers=HTMX).context["form"]
    assert f"write to you by {in_words(day(9))}" in form["text"].value()
    given = {"text": form["text"].value(), "more": "1", "day": day(9).isoformat(), "place": "inbox"}
    said = text_of(at_rosas_desk.post(address(question, "reply/"), given, headers=HTMX))
    assert "Jo Smith has a first answer." in said
    fresh = again(question)
    assert (fresh.answered_at, fresh.answer_by) == (None, day(9))
    assert fresh.application.due_on == due_on
    assert "has written once and gives the whole answer" in said


def test_the_second_of_two_recruiters_loses_no_text(
    at_rosas_desk: Client, ada: Identity, question: FollowUp
) -> None:
    at_rosas_desk.post(address(question, "reply/"), {"text": "Yes."})
    given = {"text": "Yes, on the left <b>side</b>.", "place": "inbox"}
    for headers in (HTMX, {}):
        page = text_of(signed_in(ada).post(address(question, "reply/"), given, headers=headers))
        assert "Rosa has answered this already." in page
        assert "Yes, on the left &lt;b&gt;side&lt;/b&gt;." in page
    assert len(replies(question)) == 1
    settled = signed_in(ada).post(address(question, "settlement/"), {"how": "none"}, headers=HTMX)
    assert "Rosa has answered this already." in text_of(settled)


def test_the_second_sees_that_a_first_answer_went_out_meanwhile(
    at_rosas_desk: Client, ada: Identity, question: FollowUp
) -> None:
    first = {"text": "I will find out.", "more": "1", "day": day(3).isoformat()}
    at_rosas_desk.post(address(question, "reply/"), first)
    adas = signed_in(ada)
    late = adas.post(address(question, "reply/"), {"text": "Yes.", "seen": ""}, headers=HTMX)
    assert "Rosa has written to them already." in text_of(late)
    seen = str(again(question).reply_id)
    assert f'value="{seen}"' in text_of(adas.get(address(question), headers=HTMX))
    adas.post(address(question, "reply/"), {"text": "Yes.", "seen": seen}, headers=HTMX)
    assert again(question).answered_by == "Ada"


def test_done_without_a_message_keeps_a_note_and_is_undone(
    at_rosas_desk: Client, question: FollowUp, jo: Application
) -> None:
    given = {"how": "spoken", "note": "She came by.", "place": "inbox"}
    page = text_of(at_rosas_desk.post(address(question, "settlement/"), given, headers=HTMX))
    assert "Jo Smith: done. Nothing was sent." in page
    with question.application.employer.scope():
        event = question.application.events().filter(kind="follow_up_settled").get()
    assert event.data["text"] == "It was answered another way. She came by."
    assert replies(question) == []
    at_rosas_desk.post(address(question, "undo/"))
    assert again(question).answered_at is None


def test_a_note_that_is_too_long_or_a_way_that_is_none_is_kept_and_asked_again(
    at_rosas_desk: Client, question: FollowUp
) -> None:
    for given in ({"how": "spoken", "note": "x" * 501}, {"how": "telepathy", "note": "Hm"}):
        page = text_of(at_rosas_desk.post(address(question, "settlement/"), given, headers=HTMX))
        assert given["note"] in page
        assert again(question).answered_at is None


def test_without_an_address_there_is_a_call_and_done_and_nothing_to_send(
    at_rosas_desk: Client, asks: Asks
) -> None:
    sam = asks("Sam", email="", phone="+12125550144")
    for headers in (HTMX, {}):
        page = text_of(at_rosas_desk.get(address(sam), headers=headers))
        assert "No e-mail address." in page
        assert "+12125550144" in page
        assert 'name="text"' not in page
    sent = at_rosas_desk.post(address(sam, "reply/"), {"text": "Yes."}, headers=HTMX)
    assert "gave no e-mail address. Call, and log it." in text_of(sent)
    assert again(sam).answered_at is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "Write a sentence, or take a ready one."),
        ({"text": "  \n "}, "Write a sentence, or take a ready one."),
        ({"text": "x" * 100_000}, "This has 100000 characters; a reply may have 5000."),
        ({"text": "Yes", "day": "2020-01-01"}, "has passed. Choose today or a later day."),
        ({"text": "Yes", "day": "9999-01-01"}, "more than a year away"),
        ({"text": "Yes", "day": "soon"}, "This is no date. Write it like 2026-12-03."),
        ({"text": "Yes", "more": "1"}, "Choose the day by which you give the whole answer."),
        ({"text": "Y\x00es"}, "Null characters are not allowed."),
        ({"text": "Yes", "seen": "x"}, "Enter a valid UUID."),
    ],
)
def test_bad_input_is_said_kept_and_sends_nothing(
    at_rosas_desk: Client, question: FollowUp, given: dict[str, str], said: str
) -> None:
    for headers in (HTMX, {}):
        for part in ("preview/", "reply/"):
            answer = at_rosas_desk.post(address(question, part), given, headers=headers)
            assert answer.status_code == 200
            assert given["text"].strip().replace("\x00", "") in text_of(answer).replace("\x00", "")
        assert said in text_of(answer)
    assert replies(question) == []
    assert again(question).answered_at is None


def test_a_script_in_an_answer_is_text(at_rosas_desk: Client, question: FollowUp) -> None:
    given = {"text": "<script>alert(1)</script> {status_link}"}
    for part in ("preview/", "reply/"):
        page = text_of(at_rosas_desk.post(address(question, part), given, follow=True))
        assert "<script>alert" not in page
    (message,) = replies(question)
    assert "<script>alert(1)</script> {status_link}" in message.text
    assert "<script>" not in message.html


def test_a_date_is_refused_once_the_application_has_ended(
    at_rosas_desk: Client, question: FollowUp, rosa: Identity
) -> None:
    with question.application.employer.scope():
        question.application.decline(by=rosa)
    given = {"text": "Yes", "day": day(3).isoformat()}
    page = text_of(at_rosas_desk.post(address(question, "reply/"), given, headers=HTMX))
    assert "The application has ended, so there is no next date to give." in page
    at_rosas_desk.post(address(question, "reply/"), {"text": "Yes, there is."})
    assert again(question).answered_by == "Rosa"


def test_looking_changes_nothing(at_rosas_desk: Client, question: FollowUp) -> None:
    for part in ("", "preview/", "reply/", "settlement/", "undo/"):
        at_rosas_desk.get(address(question, part), {"text": "Yes", "how": "none"})
    assert again(question).answered_at is None
    assert replies(question) == []


def test_undo_of_what_cannot_be_undone_says_why(at_rosas_desk: Client, question: FollowUp) -> None:
    said = text_of(at_rosas_desk.post(address(question, "undo/"), follow=True))
    assert "nothing to take back" in said
    at_rosas_desk.post(address(question, "reply/"), {"text": "Yes."})
    (message,) = replies(question)
    with question.application.employer.scope():
        message.release()
        message.settle(Message.State.SENT, source="smtp reply")
    assert "too late to take it back" in text_of(
        at_rosas_desk.post(address(question, "undo/"), follow=True)
    )


def test_what_was_taken_back_stands_in_the_box_again(
    at_rosas_desk: Client, question: FollowUp
) -> None:
    for more in ({"more": "1"}, {}):
        given = {"text": "Yes, beside the door.", "day": day(9).isoformat()} | more
        at_rosas_desk.post(address(question, "reply/"), given)
        at_rosas_desk.post(address(question, "undo/"))
        box = at_rosas_desk.get(address(question), headers=HTMX)
        form = box.context["form"]
        assert "Yes, beside the door.</textarea>" in text_of(box)
        assert f'value="{day(9).isoformat()}"' in text_of(box)
        assert (form["day"].value(), form["more"].value()) == (day(9), bool(more))


def test_an_answered_one_says_who_answered(
    at_rosas_desk: Client, question: FollowUp, asks: Asks, rosa: Identity
) -> None:
    with question.application.employer.scope():
        question.respond("Yes.", by=rosa)
    assert "Rosa answered this on" in text_of(at_rosas_desk.get(address(question)))


def test_the_way_back_leads_to_where_one_came_from_and_nowhere_else(
    at_rosas_desk: Client, question: FollowUp, asks: Asks
) -> None:
    today = "/desk/blue-spoon/"
    page = at_rosas_desk.get(address(question), headers={"Referer": f"http://testserver{today}"})
    assert page.context["next"] == today
    given = {"text": "Yes.", "next": today}
    assert at_rosas_desk.post(address(question, "reply/"), given).headers["Location"] == today
    evil = {"text": "Yes.", "next": "https://evil.example/"}
    sent = at_rosas_desk.post(address(asks("Lee"), "reply/"), evil)
    assert sent.headers["Location"] == INBOX


def test_a_problem_is_answered_with_what_arrived(at_rosas_desk: Client, asks: Asks) -> None:
    asked = asks("Lee", topic=Topic.PROBLEM, text="My file?")
    taken = at_rosas_desk.post(address(asked, "preview/"), {"add": "arrived"}, headers=HTMX)
    assert "your application arrived on" in taken.context["form"]["text"].value()


@pytest.mark.parametrize("add", ["", "nothing", "later" * 1000, "\x00"])
def test_a_ready_sentence_that_is_none_changes_nothing(
    at_rosas_desk: Client, question: FollowUp, add: Any
) -> None:
    given = {"add": add, "text": "Yes"}
    taken = at_rosas_desk.post(address(question, "preview/"), given, headers=HTMX)
    assert taken.context["form"]["text"].value() == "Yes"
