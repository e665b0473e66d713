from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.documents.models import Document, Reading
from sincerely.hiring.asking import ask
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Call, Job, Review
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from sincerely.outbox.models import Delivery, Message
from tests.desk.conftest import text_of

State = Message.State


def test_the_text_of_the_resume_stands_beside_its_original(
    at_rosas_desk: Client, jo: Application, resume: Document, page_of: Any
) -> None:
    page = text_of(at_rosas_desk.get(page_of(jo)))
    assert "Line cook at The Griddle" in page
    assert f'src="{page_of(jo, "document", document_id=resume.pk)}?inline' in page


@pytest.mark.parametrize(
    ("reading", "problem", "words"),
    [
        (Reading.WAITING, "", "The text is being read just now"),
        (Reading.FAILED, "The file is encrypted.", "The file is encrypted."),
    ],
)
def test_a_resume_that_could_not_be_read_is_said_and_the_original_is_there(
    reading: str, problem: str, words: str,
    at_rosas_desk: Client, jo: Application, resume: Document, page_of: Any,
) -> None:  # fmt: skip
    with jo.employer.scope():
        Document.objects.filter(pk=resume.pk).update(reading=reading, problem=problem, text="")
    page = text_of(at_rosas_desk.get(page_of(jo)))
    assert words in page
    assert page_of(jo, "document", document_id=resume.pk) in page


def test_a_message_shows_every_step_of_its_way(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        receipt = jo.receipt
        receipt.settle(State.SENT, source=Delivery.Source.SMTP, evidence="250 queued as 4F2")
        receipt.settle(State.DELIVERED, source=Delivery.Source.DSN, evidence="Status: 2.0.0")
    page = text_of(at_rosas_desk.get(page_of(jo)))
    steps = ["Written and queued", "Handed to the mail server", "250 queued as 4F2", "Delivered to"]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)


def test_a_mail_that_nobody_reports_on_stays_sent_and_says_so_after_a_day(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    now = clock.now()
    with clock.clock_at(now - dt.timedelta(minutes=11)), jo.employer.scope():
        messages = [jo.receipt, jo.decline(by=rosa).message]
    with jo.employer.scope():
        for message in messages:
            message.settle(State.SENT, source=Delivery.Source.SMTP, evidence="250 ok", at=now)
    with clock.clock_at(now + dt.timedelta(hours=23)):
        assert "is to be expected" not in text_of(at_rosas_desk.get(page_of(jo)))
    with clock.clock_at(now + dt.timedelta(hours=25)):
        page = text_of(at_rosas_desk.get(page_of(jo)))
    assert page.count("No delivery report came within a day, and none is to be expected.") == 2
    assert "no delivery report is to be expected any more. Call them." in page
    assert "Delivered" not in page


def test_the_key_to_the_applicants_own_page_is_not_handed_to_the_team(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        assert status_token(jo) in jo.receipt.text
    assert status_token(jo) not in text_of(at_rosas_desk.get(page_of(jo)))


def test_decided_and_told_are_two_facts(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    page = text_of(at_rosas_desk.get(page_of(jo)))
    assert "Not yet" in page
    with jo.employer.scope():
        message = jo.decline(by=rosa).message
    held = text_of(at_rosas_desk.get(page_of(jo)))
    assert "Declined by Rosa" in held
    assert "Not before" in held
    later = clock.now() + dt.timedelta(minutes=11)
    with clock.clock_at(later), jo.employer.scope():
        message.settle(State.SENT, source=Delivery.Source.SMTP)
        sent = text_of(at_rosas_desk.get(page_of(jo)))
        message.settle(State.RELAYED, source=Delivery.Source.DSN)
        told = text_of(at_rosas_desk.get(page_of(jo)))
    assert "Not proven yet" in sent
    assert "By e-mail, relayed" in told


def test_a_decision_whose_message_bounced_says_that_they_do_not_know(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with clock.clock_at(clock.now() - dt.timedelta(minutes=11)), jo.employer.scope():
        message = jo.decline(by=rosa).message
    with jo.employer.scope():
        message.settle(State.BOUNCED, source=Delivery.Source.DSN, evidence="5.1.1")
    assert "the message did not arrive. Call them." in text_of(at_rosas_desk.get(page_of(jo)))


def test_a_held_message_can_be_changed_and_a_receipt_cannot(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        held, receipt = jo.decline(by=rosa).message, jo.receipt
    fields = {"subject": "A word", "text": "Dear Jo, no, and thank you."}
    for message in (held, receipt):
        at_rosas_desk.post(page_of(jo, "held_message", message_id=message.pk), fields)
    with jo.employer.scope():
        held.refresh_from_db()
        receipt.refresh_from_db()
    assert held.text == "Dear Jo, no, and thank you."
    assert b"Dear Jo, no, and thank you." in bytes(held.raw)
    assert "has arrived" in receipt.text


def test_a_message_of_another_application_is_not_found_here(
    at_rosas_desk: Client, jo: Application, cook: Job, apply: Any, page_of: Any, rosa: Identity
) -> None:
    other = apply(cook, name="Lee", email="lee@example.org")
    with cook.employer.scope():
        message = other.decline(by=rosa).message
    fields = {"subject": "x", "text": "y"}
    address = page_of(jo, "held_message", message_id=message.pk)
    assert at_rosas_desk.post(address, fields).status_code == 404


def test_hugo_sees_resume_and_history_but_neither_messages_nor_addresses(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, resume: Document, page_of: Any
) -> None:
    page = text_of(at_hugos_desk.get(page_of(jo)))
    assert "Line cook at The Griddle" in page
    for word in ("Advance", "Discuss", "Decline"):
        assert word in page
    assert jo.email not in page
    assert "What Jo Smith reads" not in page
    assert page_of(jo, "closure") not in page


def test_what_hugo_may_not_do_is_not_there(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        message = jo.decline(by=rosa).message
    address = page_of(jo, "held_message", message_id=message.pk)
    assert at_hugos_desk.post(address, {"subject": "x", "text": "y"}).status_code == 404
    assert page_of(jo, "undo") not in text_of(at_hugos_desk.get(page_of(jo)))


def test_the_same_persons_other_applications_are_shown_as_far_as_one_may_see_them(
    at_rosas_desk: Client, at_hugos_desk: Client, hugos_job: Job, jo: Application, apply: Any,
    page_of: Any, rosa: Identity,
) -> None:  # fmt: skip
    with jo.employer.scope():
        job = Job.objects.create(title="Dishwasher", slug="dishwasher", recruiter=rosa)
        job.open(by=rosa)
    apply(job)
    assert "Dishwasher" in text_of(at_rosas_desk.get(page_of(jo)))
    assert "Dishwasher" not in text_of(at_hugos_desk.get(page_of(jo)))


def test_the_page_takes_as_many_statements_for_much_as_for_little(
    at_rosas_desk: Client, jo: Application, resume: Document, page_of: Any,
    rosa: Identity, hugo: Identity,
) -> None:  # fmt: skip
    def happen() -> None:
        with jo.employer.scope():
            jo.add_note("Seen", by=rosa)
            jo.review(Review.Outcome.DISCUSS, by=hugo, reason="Talk?")
            for stage in jo.employer.stages.exclude(pk=jo.stage_id).order_by("position")[:1]:
                jo.move(stage, by=rosa)
            for message in jo.messages():
                message.settle(State.SENT, source=Delivery.Source.SMTP)

    happen()
    at_rosas_desk.get(page_of(jo))
    with CaptureQueriesContext(connection) as few:
        at_rosas_desk.get(page_of(jo))
    happen()
    happen()
    with CaptureQueriesContext(connection) as many:
        at_rosas_desk.get(page_of(jo))
    assert len(many) == len(few) <= 25


def test_the_original_is_served_under_a_safe_name_and_locked(
    at_rosas_desk: Client, jo: Application, resume: Document, page_of: Any
) -> None:
    address = page_of(jo, "document", document_id=resume.pk)
    saved = at_rosas_desk.get(address)
    assert b"".join(saved.streaming_content) == b"%PDF-1.4 a resume"
    name = f"application-{jo.reference}.pdf"
    assert saved["Content-Disposition"] == f'attachment; filename="{name}"'
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Security-Policy"].endswith("sandbox")
    shown = at_rosas_desk.get(address, {"inline": ""})
    assert shown["Content-Disposition"] == f'inline; filename="{name}"'
    assert shown["Content-Type"] == "application/pdf"
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in shown["Content-Security-Policy"]


def test_only_a_pdf_is_ever_shown_in_the_page(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        page = ContentFile(b"<script>alert(1)</script>")
        document = Document.objects.receive(page, name="cv.html", kind="html")
        Application.objects.filter(pk=jo.pk).update(document=document)
    response = at_rosas_desk.get(page_of(jo, "document", document_id=document.pk), {"inline": ""})
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_a_document_of_another_application_is_not_found_here(
    at_rosas_desk: Client, jo: Application, resume: Document, cook: Job, apply: Any, page_of: Any
) -> None:
    other = apply(cook, name="Lee", email="lee@example.org")
    address = page_of(other, "document", document_id=resume.pk)
    assert at_rosas_desk.get(address).status_code == 404


def test_what_came_with_a_second_application_can_be_read_too(
    at_rosas_desk: Client, jo: Application, cook: Job, apply: Any, page_of: Any
) -> None:
    with cook.employer.scope():
        newer = Document.objects.receive(ContentFile(b"newer"), name="new.txt", kind="txt")
    with pytest.raises(Application.DoesNotExist):
        apply(cook, document=newer)  # the same person: it is added to the first
    address = page_of(jo, "document", document_id=newer.pk)
    assert address in text_of(at_rosas_desk.get(page_of(jo)))
    assert at_rosas_desk.get(address).status_code == 200


def test_what_was_asked_and_what_became_of_it(
    at_rosas_desk: Client, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        waiting = ask(jo, Topic.PROBLEM, text="My file is <old>.")
        answered = ask(jo, Topic.ADJUSTMENT, text="Is there a lift?")
        answered.respond("Yes.", by=rosa)
        jo.log_call(Call.Kind.CALL, by=rosa, note="Still open?")
        jo.follow_ups.get(channel="call").give_back("The promised date passed.")
    page = text_of(at_rosas_desk.get(page_of(jo)))
    section = page[page.index('id="follow-ups"') : page.index('id="messages"')]
    for words in (
        "My file is &lt;old&gt;.", "A person answers by", "Automatic answer", "Rosa replied",
        "It waits until", "In a call", "The promised date passed.", f"{waiting.pk}/",
        f"{answered.pk}/undo/",
    ):  # fmt: skip
        assert words in section


def test_hugo_does_not_see_what_was_asked(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        ask(jo, Topic.PROBLEM, text="My file is old.").respond("We have the new one.", by=rosa)
        ask(jo, Topic.ADJUSTMENT, text="Is there a lift?").settle(by=rosa, note="Told her.")
    page = text_of(at_hugos_desk.get(page_of(jo)))
    for words in ("My file is old.", "the new one", "Is there a lift?", "Told her.", "follow-up"):
        assert words not in page
