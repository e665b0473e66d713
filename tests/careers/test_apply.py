from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.documents.models import Document
from sincerely.hiring.models import Application, ApplicationDraft, Job, Question
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from tests.careers.conftest import applications, ask, resume, text_of
from tests.hiring.policies import CALLS, NOON, changed, said
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers

Send = Callable[..., HttpResponse]


def test_an_application_with_a_resume_arrives(send: Send, cook: Job, diner: Employer) -> None:
    question = ask(cook, "Which shifts suit you?")
    answer = send(
        phone="(201) 555-0123",
        resume=resume(),
        source="poster",
        **{f"question-{question.pk}": "Early"},
    )
    assert answer.status_code == 303
    (jo,) = applications(diner)
    assert (jo.name, jo.email, jo.phone) == ("Jo Smith", "jo@example.org", "+12015550123")
    assert jo.answers == [{"question": "Which shifts suit you?", "answer": "Early"}]
    assert jo.source == "poster"
    assert jo.document.name == "jo-smith.pdf"
    assert jo.document.kind == "pdf"
    assert default_storage.size(jo.document.path) == len(papers.pdf())
    with diner.scope():
        assert jo.receipt.to_address == "jo@example.org"


def test_the_page_after_it_says_what_was_received_and_what_comes_next(
    send: Send, visitor: Client, diner: Employer
) -> None:
    answer = visitor.get(send(resume=resume()).headers["Location"])
    page = text_of(answer)
    (jo,) = applications(diner)
    assert "We have it, Jo Smith." in page
    assert "jo-smith.pdf" in page
    assert "jo@example.org" in page
    assert f"{jo.reference[:4]} {jo.reference[4:7]} {jo.reference[7:]}" in page
    assert f"{jo.due_on.day} {jo.due_on:%B}" in page
    assert "You may ask about your application once" in page
    assert "within a day" in page


def test_the_address_of_that_page_tells_nobody_who_applied(send: Send) -> None:
    """It ends up in histories and logs: whoever else opens it reads no name."""
    location = send(resume=resume()).headers["Location"]
    page = text_of(Client().get(location))
    assert "We have it." in page
    assert "Jo" not in page.replace("Open jobs", "")
    assert "jo@example.org" not in page
    assert Client().get(location.replace("received/", "received/x")).status_code == 404


@pytest.mark.usefixtures("warm")
def test_an_application_takes_nine_statements(send: Send, cook: Job, diner: Employer) -> None:
    ask(cook, "Which shifts suit you?")
    ask(cook, "Since when do you cook?")
    send(email="first@example.org", resume=resume())
    with CaptureQueriesContext(connection) as queries:
        assert send(resume=resume(papers.pdf(["Another"]))).status_code == 303
    real = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(real) <= 9, "\n".join(real)
    assert len(applications(diner)) == 2


def test_the_resume_is_read_in_the_background(send: Send, diner: Employer) -> None:
    send(resume=resume(papers.docx(), "jo.docx"))
    (jo,) = applications(diner)
    assert jo.document.reading == "waiting"
    run_due_jobs()
    with diner.scope():
        document = Document.objects.get()
    assert document.reading == "read"
    assert "Ran the grill on weekends" in document.text


@pytest.mark.parametrize("job_count", [1, 3])
@pytest.mark.usefixtures("warm")
def test_the_form_takes_one_statement(job_count: int, visitor: Client, cook: Job) -> None:
    for _ in range(job_count):
        ask(cook, "Which shifts suit you?")
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/e/blue-spoon/jobs/line-cook/apply/")
    assert len(queries) == 1


# ── Who, in which words ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("J", "J"),
        ("Sukarno", "Sukarno"),
        ("محمد بن علي", "محمد بن علي"),
        ("Zoë 🌻 O’Brien", "Zoë 🌻 O’Brien"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Robert'); DROP TABLE hiring_application;--", None),
        ("  Jo\t \n Smith\x00\x07 ", "Jo Smith"),
        ("Jo \u202ehtimS\u202c", "Jo htimS"),
        ("Jo" * 100, "Jo" * 100),
    ],
)
def test_every_name_that_a_person_can_have_is_taken(
    typed: str, stored: str | None, send: Send, visitor: Client, diner: Employer
) -> None:
    page = text_of(visitor.get(send(name=typed).headers["Location"]))
    (jo,) = applications(diner)
    assert jo.name == (stored or typed)
    assert "<script>alert" not in page


def test_a_name_of_300_letters_is_refused_with_both_lengths_and_kept(
    send: Send, diner: Employer
) -> None:
    answer = send(name="J" * 300)
    assert answer.status_code == 422
    assert "up to 200 characters; yours has 300" in text_of(answer)
    assert "J" * 300 in text_of(answer)
    assert applications(diner) == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u2060", "\u202e"])
def test_a_name_that_nobody_can_see_is_asked_for(name: str, send: Send) -> None:
    assert "Please write your name." in text_of(send(name=name))


def test_a_likely_slip_in_the_address_is_asked_about(send: Send, diner: Employer) -> None:
    asked = send(email="jo@gmial.com")
    assert asked.status_code == 422
    assert "Did you mean jo@gmail.com?" in text_of(asked)
    assert send(email="jo@gmial.com", email_meant="jo@gmail.com").status_code == 303
    assert send(email="ann@gmial.com", email_meant="ann@gmial.com").status_code == 303
    assert [each.email for each in applications(diner)] == ["jo@gmail.com", "ann@gmial.com"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Jo+Diner@Example.ORG", "jo+diner@example.org"),
        ("jo@münchen.example", "jo@münchen.example"),
        ("jo@xn--mnchen-3ya.example", "jo@münchen.example"),
        (" jo@example.org ", "jo@example.org"),
    ],
)
def test_unusual_addresses_are_taken(typed: str, stored: str, send: Send, diner: Employer) -> None:
    assert send(email=typed).status_code == 303
    (jo,) = applications(diner)
    assert jo.email == stored
    with diner.scope():
        assert b"Auto-Submitted" in bytes(Application.objects.get().receipt.raw)


@pytest.mark.parametrize("typed", ["jo", "jo@", "@example.org", "jo@example", "jo smith@a.example"])
def test_what_is_no_address_is_refused_in_words(typed: str, send: Send) -> None:
    answer = send(email=typed)
    assert answer.status_code == 422
    assert "errorlist" in text_of(answer)


def test_a_phone_in_letters_is_refused_in_words(send: Send, diner: Employer) -> None:
    answer = send(phone="call me maybe")
    assert "in digits, without letters, such as +1 201 555 0123" in text_of(answer)
    assert "call me maybe" in text_of(answer)
    assert applications(diner) == []


# ── Once, too late, too often ───────────────────────────────────────────────────────────────────


def test_the_form_sent_many_times_is_one_application_with_one_file(
    send: Send, diner: Employer
) -> None:
    key = str(uuid7())
    answers = [send(form_key=key, resume=resume()) for _ in range(50)]
    assert {answer.status_code for answer in answers} == {303}
    (jo,) = applications(diner)
    with diner.scope():
        assert jo.messages().count() == 1
        assert Document.objects.count() == 1


def test_the_same_person_twice_is_answered_exactly_alike(
    send: Send, visitor: Client, diner: Employer
) -> None:
    pages = []
    for _ in range(2):
        page = text_of(visitor.get(send(resume=resume()).headers["Location"]))
        start = page.index("<main")
        pages.append(page[start:])
    first, second = (
        page.replace(reference, "#")
        for page, reference in zip(pages, map(reference_on, pages), strict=True)
    )
    assert first == second
    (jo,) = applications(diner)
    with diner.scope():
        assert [message.kind for message in jo.messages().order_by("created_at")] == [
            "receipt",
            "applied_again",
        ]


def reference_on(page: str) -> str:
    return page.split('id="reference">')[1].split("<")[0]


def test_a_job_that_closed_while_writing_keeps_what_was_written(
    send: Send, visitor: Client, cook: Job, rosa: object, diner: Employer
) -> None:
    question = ask(cook, "Which shifts suit you?")
    with diner.scope():
        cook.pause(by=rosa)
    answer = send(resume=resume(), **{f"question-{question.pk}": "Early"})
    page = text_of(visitor.get(answer.headers["Location"]))
    assert "The job closed while you were writing." in page
    assert "may still accept it" in page
    assert applications(diner) == []
    with diner.scope():
        draft = ApplicationDraft.objects.get()
    assert draft.document_id
    assert draft.answers[0]["answer"] == "Early"


def test_the_form_of_a_closed_job_leads_to_the_job(
    visitor: Client, cook: Job, rosa: object, diner: Employer
) -> None:
    with diner.scope():
        cook.pause(by=rosa)
    answer = visitor.get("/e/blue-spoon/jobs/line-cook/apply/")
    assert answer.headers["Location"] == "/e/blue-spoon/jobs/line-cook/"


def test_a_school_may_apply_in_one_morning_and_a_flood_has_to_wait(
    send: Send, diner: Employer, settings: LazySettings
) -> None:
    settings.APPLICATIONS_PER_ADDRESS = 3
    for number in range(3):
        assert send(email=f"pupil{number}@example.org").status_code == 303
    answer = send(email="pupil3@example.org", resume=resume())
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    page = text_of(answer)
    assert "send it again after" in page
    assert 'value="pupil3@example.org"' in page
    assert "errors-summary" not in page
    assert len(applications(diner)) == 3


def test_who_fills_the_trap_is_asked_to_send_once_more_and_loses_nothing(
    send: Send, diner: Employer
) -> None:
    answer = send(website="https://spam.example")
    assert answer.status_code == 422
    assert "send the form once more" in text_of(answer)
    assert "spam.example" not in text_of(answer)
    assert "Jo Smith" in text_of(answer)
    assert applications(diner) == []


# ── The job's questions ─────────────────────────────────────────────────────────────────────────


def test_each_kind_of_question_is_asked_and_answered(
    send: Send, cook: Job, diner: Employer
) -> None:
    Kind = Question.Kind
    long = ask(cook, "Why us?", Kind.LONG)
    card = ask(cook, "Do you have a card?", Kind.YES_NO, required=True)
    shift = ask(cook, "Which shift?", Kind.CHOICE, choices=["Early", "Late"])
    refused = send()
    assert "Please answer this question." in text_of(refused)
    assert send(**{f"question-{shift.pk}": "Noon"}).status_code == 422
    given = {
        f"question-{long.pk}": "First line\r\n\r\n\r\n\r\nsecond",
        f"question-{card.pk}": "Yes",
    }
    assert send(**given).status_code == 303
    (jo,) = applications(diner)
    assert jo.answers == [
        {"question": "Why us?", "answer": "First line\n\nsecond"},
        {"question": "Do you have a card?", "answer": "Yes"},
    ]


def test_an_answer_that_is_too_long_is_refused_with_its_length(send: Send, cook: Job) -> None:
    question = ask(cook, "Which shifts suit you?")
    answer = send(**{f"question-{question.pk}": "x" * 400})
    assert "up to 300 characters; yours has 400" in text_of(answer)


# ── Strangers ───────────────────────────────────────────────────────────────────────────────────


def test_no_form_for_a_draft_a_job_of_another_employer_or_none(
    visitor: Client, cook: Job, hospital: Employer, diner: Employer
) -> None:
    with diner.scope():
        Job.objects.create(title="Secret", slug="secret")
    for path in ("blue-spoon/jobs/secret", "st-brigid/jobs/line-cook", "nobody/jobs/line-cook"):
        assert visitor.get(f"/e/{path}/apply/").status_code == 404
        assert visitor.post(f"/e/{path}/apply/", {"name": "Jo"}).status_code == 404


def test_the_page_after_it_keeps_the_policy_that_stood_when_it_was_sent(
    send: Send, diner: Employer, ada: Identity
) -> None:
    with clock_at(NOON):
        address = send().headers["Location"]
    with diner.scope(), clock_at(NOON + dt.timedelta(days=1)):
        changed(diner, ada, **CALLS)
        assert "+1 202 555 0123" in said(diner, at=clock.now())
        assert "202 555" not in text_of(Client().get(address))
