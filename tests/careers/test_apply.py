from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from sincerely.hiring.models import Application, ApplicationDraft, Job, Question
from sincerely.kernel.ids import uuid7
from tests.careers.conftest import applications, ask, resume, text_of
from tests.plugins.jobs import run_due_jobs, waiting_jobs
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
def test_an_application_takes_twelve_statements(send: Send, cook: Job, diner: Employer) -> None:
    ask(cook, "Which shifts suit you?")
    ask(cook, "Since when do you cook?")
    send(email="first@example.org", resume=resume())
    with CaptureQueriesContext(connection) as queries:
        assert send(resume=resume(papers.pdf(["Another"]))).status_code == 303
    real = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(real) <= 12, "\n".join(real)
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
    run_due_jobs_but_mail(diner)


def run_due_jobs_but_mail(diner: Employer) -> None:
    """The receipt's bytes exist for an address in any script."""
    with diner.scope():
        assert bytes(Application.objects.get().receipt.raw)


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


# ── Files ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "jo.pdf", "The file is empty"),
        (b"MZ\x90\x00" + bytes(200), "jo.pdf", "This is a program"),
        (bytes(range(256)) * 8, "jo.xyz", "We cannot open this kind of file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "photo.png", "This is a picture"),
        (papers.zipped({"a.txt": "a"}), "all.zip", "This is an archive"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_words(
    content: bytes, name: str, says: str, send: Send, diner: Employer
) -> None:
    answer = send(resume=resume(content, name))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Jo Smith" in text_of(answer)
    assert applications(diner) == []
    with diner.scope():
        assert not Document.objects.exists()


def test_a_zip_bomb_in_a_docx_is_refused_or_read_without_harm(send: Send, diner: Employer) -> None:
    bomb = papers.docx(word__media__big_bin="0" * 120_000_000)
    answer = send(resume=resume(bomb, "bomb.docx"))
    assert "unpacks to far more than a resume" in text_of(answer)
    assert applications(diner) == []


def test_an_encrypted_pdf_is_accepted_and_the_applicant_is_told(
    send: Send, visitor: Client, diner: Employer
) -> None:
    assert send(resume=resume(papers.encrypted_pdf())).status_code == 303
    run_due_jobs()
    (jo,) = applications(diner)
    assert jo.document.could_not_be_read
    assert jo.document.problem == "encrypted"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (papers.ole("EncryptedPackage"), "jo.docx"),
        (bytes(range(256)) * 8, "jo.pdf"),
        (b"PK\x03\x04 broken", "jo.docx"),
    ],
)
def test_a_locked_or_damaged_file_is_accepted_and_said_to_be_so(
    content: bytes, name: str, send: Send, visitor: Client, diner: Employer
) -> None:
    answer = send(resume=resume(content, name))
    assert answer.status_code == 303
    page = text_of(visitor.get(answer.headers["Location"]))
    assert "We could not read the text of your file." in page
    (jo,) = applications(diner)
    assert jo.document.could_not_be_read
    assert jo.document.size == len(content)
    assert "read_document" not in [name for name, _ in waiting_jobs()]


def test_a_corrupt_pdf_never_blocks(send: Send, diner: Employer) -> None:
    assert send(resume=resume(papers.pdf()[:90] + b"\xff" * 900)).status_code == 303
    run_due_jobs()
    (jo,) = applications(diner)
    assert jo.document.could_not_be_read


def test_a_file_of_more_than_ten_megabytes_leaves_the_text_in_the_form(
    send: Send, settings: LazySettings
) -> None:
    settings.MAX_UPLOAD_BYTES = 20_000
    answer = send(resume=resume(papers.pdf() + b"%" * 30_000))
    assert answer.status_code == 422
    assert "larger than 10 MB" in text_of(answer)
    assert "Jo Smith" in text_of(answer)


def test_a_body_that_is_far_too_large_is_refused_before_it_is_read(
    send: Send, visitor: Client, settings: LazySettings, diner: Employer
) -> None:
    settings.MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    with CaptureQueriesContext(connection) as queries:
        answer = send(resume=resume(papers.pdf() + b"%" * 100_000))
    assert answer.status_code == 413
    assert "That file is too large." in text_of(answer)
    assert len(queries) == 0


def test_a_file_survives_a_mistake_elsewhere_in_the_form(send: Send, diner: Employer) -> None:
    key = str(uuid7())
    answer = send(email="jo", form_key=key, resume=resume())
    assert "jo-smith.pdf" in text_of(answer)
    assert "need not choose it again" in text_of(answer)
    token = answer.context["form"].kept_file_token
    assert send(form_key=key, kept_file=token).status_code == 303
    (jo,) = applications(diner)
    assert jo.document.name == "jo-smith.pdf"


def test_a_kept_file_can_be_replaced_or_left_out(send: Send, diner: Employer) -> None:
    token = send(email="jo", resume=resume()).context["form"].kept_file_token
    send(email="ann@example.org", kept_file=token, resume=resume(name="newer.pdf"))
    send(email="bo@example.org", kept_file=token, drop_file="1")
    ann, bo = applications(diner)
    assert ann.document.name == "newer.pdf"
    assert bo.document is None


def test_a_kept_file_serves_no_other_employer_and_nobody_who_made_it_up(
    send: Send, diner: Employer, hospital: Employer, mallory: object
) -> None:
    token = send(email="jo", resume=resume()).context["form"].kept_file_token
    with hospital.scope():
        nurse = Job.objects.create(title="Nurse", slug="nurse", state="open", employer=hospital)
    assert send(job=nurse, kept_file=token).status_code == 303
    send(kept_file=token[:-2])
    assert [each.document for each in applications(hospital) + applications(diner)] == [None, None]


def test_a_required_resume_is_asked_for_once(send: Send, cook: Job, diner: Employer) -> None:
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(resume_required=True)
    assert "Please choose your resume." in text_of(send())
    token = send(email="jo", resume=resume()).context["form"].kept_file_token
    assert send(kept_file=token).status_code == 303


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
