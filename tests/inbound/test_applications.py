"""People apply by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, ApplicationDraft, Job, Question
from sincerely.inbound.models import InboundMail
from sincerely.inbound.sorting import FLOOD
from sincerely.outbox.models import Message
from tests.careers.conftest import files_of_the_test

__all__ = ["files_of_the_test"]
Write = Callable[..., InboundMail]
RESUME = b"Jo Smith\nLine cook for four years\n"


@pytest.fixture(autouse=True)
def takes_applications(settings: LazySettings, files_of_the_test: None, at_diner: Employer) -> None:
    settings.APPLY_DOMAIN = "jobs.example"


@pytest.fixture
def write(run_jobs: Callable[..., list[str]]) -> Write:
    """`write("I cook.", to="blue-spoon+line-cook")`: sent, stored and read; the row."""

    def send(
        text: str = "I would like to cook with you.",
        *,
        to: str = "blue-spoon+line-cook",
        files: dict[str, bytes] | None = None,
        sender: str = "Jo Smith <jo@example.org>",
        **headers: str,
    ) -> InboundMail:
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, f"{to}@jobs.example"
        for name, value in ({"Subject": "Hello"} | headers).items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        for name, content in (files or {}).items():
            mail.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        raw = mail.as_bytes()
        InboundMail.objects.take_in(
            sender="jo@example.org", recipients=[f"{to}@jobs.example"], raw=raw
        )
        InboundMail.objects.get(raw=raw).read()
        return InboundMail.objects.get(raw=raw)

    return send


def sent(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("created_at"))


def test_a_mail_to_the_jobs_address_is_an_application_with_its_receipt(
    cook: Job, write: Write, run_jobs: Callable[..., list[str]]
) -> None:
    mail = write(files={"Jo Smith CV.txt": RESUME})
    jo = Application.objects.for_page().get()
    assert (jo.name, jo.email, jo.source) == ("Jo Smith", "jo@example.org", "E-mail")
    assert jo.answers[0]["answer"] == "I would like to cook with you."
    assert (mail.kind, mail.state, mail.application_id) == ("application", "read", jo.pk)
    (receipt,) = sent("receipt")
    assert receipt.to_address == "jo@example.org"
    assert "/a/" in receipt.text
    assert "complete" not in receipt.text
    assert run_jobs().count("read_document") == 1
    jo.document.refresh_from_db()
    assert "four years" in jo.document.text


def test_what_is_missing_is_asked_for_by_link(cook: Job, write: Write) -> None:
    Question.objects.create(job=cook, text="Which shifts?", required=True)
    write()
    (receipt,) = sent("receipt")
    wanted = "your resume, the answer to a question and a phone number"
    assert f"Still missing: {wanted}" in receipt.text
    assert re.search(r"/a/[\w.-]+/details/", receipt.text)


def test_a_second_mail_adds_to_the_first_and_the_person_is_told(cook: Job, write: Write) -> None:
    write()
    write("Here is my resume.", files={"resume.txt": RESUME})
    write("And a certificate.", files={"certificate.txt": b"Food hygiene, 2025"})
    jo = Application.objects.for_page().get()
    assert jo.document.name == "resume.txt"
    again = jo.events().filter(kind="applied_again")
    assert {event.data["answers"][0]["answer"] for event in again} == {
        "Here is my resume.",
        "And a certificate.",
    }
    assert len(sent("applied_again")) == 2


def test_several_files_are_all_kept_and_the_resume_is_the_one_called_so(
    cook: Job, write: Write
) -> None:
    write(files={"letter.txt": b"Dear all", "My resume.txt": RESUME, "photo.txt": b"me"})
    jo = Application.objects.for_page().get()
    assert jo.document.name == "My resume.txt"
    assert {event.data["name"] for event in jo.events().filter(kind="sent_file")} == {
        "letter.txt",
        "photo.txt",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("resume.exe", b"MZ" + b"\0" * 100),
        ("resume.pdf.scr", b"MZ\0\0"),
        ("empty.pdf", b""),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + b"\0" * 50),
    ],
)
def test_a_file_that_is_not_taken_is_said_in_the_receipt(
    cook: Job, write: Write, name: str, content: bytes
) -> None:
    write(files={name: content})
    assert Application.objects.get().document_id is None
    assert f"We could not take your file {name}" in sent("receipt")[0].text


def test_a_bomb_is_refused_like_in_the_form(cook: Job, write: Write) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    write(files={"resume.docx": packed.getvalue()})
    assert Application.objects.count() == 1


def test_a_forged_sender_learns_nothing_and_the_true_one_is_told(
    cook: Job, apply: Callable[..., Application], write: Write
) -> None:
    jo = apply(cook)
    write("Let me in", sender="Mallory <jo@example.org>", Reply_To="mallory@example.net")
    assert {message.to_address for message in Message.objects.all()} == {"jo@example.org"}
    jo.refresh_from_db()
    assert jo.name == "Jo Smith"


def test_for_a_job_that_is_closed_it_is_kept_and_said_once(
    cook: Job, rosa: Identity, write: Write
) -> None:
    cook.pause(by=rosa)
    write(files={"resume.txt": RESUME})
    write("And once more.")
    assert not Application.objects.exists()
    assert ApplicationDraft.objects.count() == 2
    (said,) = sent("not_open")
    assert "Rosa may still accept it" in said.text


def test_who_has_applied_adds_to_it_also_when_the_job_takes_no_more(
    cook: Job, rosa: Identity, write: Write
) -> None:
    write()
    cook.pause(by=rosa)
    write("My new number is on the resume.")
    assert not ApplicationDraft.objects.exists()
    assert len(sent("applied_again")) == 1


def test_to_the_employers_address_the_subject_may_name_the_job(cook: Job, write: Write) -> None:
    baker = Job.objects.create(title="Baker", slug="baker")
    baker.open(by="Rosa")
    write(to="blue-spoon", Subject="Application: LINE COOK (evenings)")
    assert Application.objects.get().job_id == cook.pk


def test_the_only_open_job_is_meant_where_a_file_came(cook: Job, write: Write) -> None:
    write(to="blue-spoon", files={"resume.txt": RESUME})
    assert Application.objects.get().job_id == cook.pk


def test_where_no_job_is_named_the_sender_is_asked_which(cook: Job, write: Write) -> None:
    mail = write(to="blue-spoon")
    assert not Application.objects.exists()
    assert mail.state == "asked"
    (asked,) = sent("which_job")
    assert "/e/blue-spoon/mail/" in asked.text
    assert not InboundMail.objects.for_a_person().exists()  # for now


def test_a_draft_job_and_one_that_never_was_are_alike(cook: Job, write: Write) -> None:
    Job.objects.create(title="Secret", slug="secret")
    assert write("a", to="blue-spoon+secret").state == "asked"
    assert write("b", to="blue-spoon+never").state == "asked"


def test_an_employer_that_is_not_here_is_the_operators(cook: Job, write: Write) -> None:
    mail = write(to="nobody-here+line-cook")
    assert (mail.state, mail.employer_id) == ("kept", None)
    assert not Message.objects.exists()


def test_where_no_job_is_open_that_is_said_once(at_diner: Employer, write: Write) -> None:
    assert write("a", to="blue-spoon").state == "kept"
    write("b", to="blue-spoon")
    assert len(sent("no_job_open")) == 1


def test_what_a_job_board_sends_by_machine_goes_to_a_person(cook: Job, write: Write) -> None:
    mail = write(files={"resume.txt": RESUME}, Auto_Submitted="auto-generated")
    assert (mail.state, mail.job_id) == ("kept", cook.pk)
    assert not Message.objects.exists()


def test_a_flood_from_one_address_ends_with_a_person(cook: Job, write: Write) -> None:
    reasons = [write(f"Mail number {number}").reason for number in range(33)]
    assert reasons.count(FLOOD) == 3
    assert Application.objects.count() == 1


def test_applications_in_an_hour_are_counted_with_those_by_the_form(
    cook: Job, write: Write, settings: LazySettings
) -> None:
    settings.APPLICATIONS_PER_JOB = 1
    write()
    mail = write(sender="Pat <pat@example.org>")
    assert (mail.state, mail.job_id) == ("kept", cook.pk)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("sender", ["Jo", "<>", "jo@", "jo@localhost@x", '"a b"@example.org'])
def test_who_gives_no_address_cannot_be_answered(cook: Job, write: Write, sender: str) -> None:
    raw = f"From: {sender}\r\n\r\nHello".encode()
    InboundMail.objects.take_in(
        sender="", recipients=["blue-spoon+line-cook@jobs.example"], raw=raw
    )
    InboundMail.objects.get().read()
    assert InboundMail.objects.for_a_person().of(cook.employer).count() == 1
    assert not Message.objects.exists()


def test_of_a_mail_that_was_cut_no_file_is_taken(cook: Job, settings: LazySettings) -> None:
    mail = EmailMessage()
    mail["From"] = "jo@example.org"
    mail.set_content("Here is my resume.")
    mail.add_attachment(RESUME, maintype="text", subtype="plain", filename="resume.txt")
    InboundMail.objects.take_in(
        sender="",
        recipients=["blue-spoon+line-cook@jobs.example"],
        raw=mail.as_bytes(),
        cut=True,
    )
    InboundMail.objects.get().read()
    assert Application.objects.get().document_id is None
    assert "so its files did not arrive" in sent("receipt")[0].text


def test_a_mail_read_twice_is_one_application(cook: Job, write: Write) -> None:
    mail = write()
    mail.read()
    assert Application.objects.count() == len(sent("receipt")) == 1
    assert not sent("applied_again")


def test_without_a_domain_nothing_is_taken_by_mail(
    cook: Job, write: Write, settings: LazySettings
) -> None:
    settings.APPLY_DOMAIN = ""
    assert write().employer_id is None
    assert not Application.objects.exists()
