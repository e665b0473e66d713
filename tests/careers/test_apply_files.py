"""What becomes of the file that goes with an application, whatever it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from sincerely.hiring.models import Job
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from tests.careers.conftest import applications, resume, text_of
from tests.plugins.jobs import run_due_jobs, waiting_jobs
from tests.reading import papers

Send = Callable[..., HttpResponse]


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
    for refused in (send(job=nurse, kept_file=token), send(kept_file=token[:-2])):
        assert refused.status_code == 422
        assert refused.context["form"].document is None
    assert applications(hospital) + applications(diner) == []


def test_a_file_that_is_not_kept_any_longer_is_asked_for_and_never_left_out_in_silence(
    send: Send, settings: LazySettings, diner: Employer
) -> None:
    key = str(uuid7())
    token = send(email="jo", form_key=key, resume=resume()).context["form"].kept_file_token
    with clock.clock_at(clock.now() + dt.timedelta(days=settings.UNFINISHED_FILE_DAYS)):
        answer = send(form_key=key, kept_file=token)
        assert answer.status_code == 422
        assert "is not kept any longer. Choose it again." in text_of(answer)
        assert "Jo Smith" in answer.content.decode()
        assert send(form_key=key, resume=resume()).status_code == 303
    (jo,) = applications(diner)
    assert jo.document.name == "jo-smith.pdf"


def test_a_required_resume_is_asked_for_once(send: Send, cook: Job, diner: Employer) -> None:
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(resume_required=True)
    assert "Please choose your resume." in text_of(send())
    token = send(email="jo", resume=resume()).context["form"].kept_file_token
    assert send(kept_file=token).status_code == 303
