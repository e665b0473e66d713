"""Applicants answer our mails, and are answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, FollowUp
from sincerely.inbound.models import InboundMail
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message
from sincerely.support.noting import note
from tests.careers.conftest import files_of_the_test
from tests.support.conftest import failed, tell

__all__ = ["files_of_the_test"]
Write = Callable[..., str]


@pytest.fixture
def replies(settings: LazySettings) -> None:
    settings.REPLY_DOMAIN = "replies.example"


@pytest.fixture
def after_the_wait(replies: None, at_diner: Employer, jo: Application) -> Iterator[Application]:
    """Nine days after Jo applied; her receipt arrived, and her date is still ahead."""
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    jo.promises.update(due_on=now().date() + dt.timedelta(days=30))
    with clock_at(now() + dt.timedelta(days=9)):
        yield jo


@pytest.fixture
def write() -> Write:
    """`write(jo, "STATUS")`: an answer to the receipt; returns what was made of it."""

    def send(
        application: Application,
        text: str,
        *,
        sender: str = "",
        files: dict[str, bytes] | None = None,
        **headers: str,
    ) -> str:
        receipt = application.receipt
        assert receipt is not None
        return written(receipt, text, sender=sender or application.email, files=files, **headers)

    return send


def written(
    ours: Message, text: str, *, sender: str, files: dict[str, bytes] | None = None, **headers: str
) -> str:
    """An answer to a message of ours; returns what was made of it."""
    address = BytesParser().parsebytes(bytes(ours.raw))["Reply-To"]
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, address
    mail["Subject"] = "Re: your receipt"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="text", subtype="plain", filename=name)
    raw = mail.as_bytes()
    InboundMail.objects.take_in(sender=sender, recipients=[address], raw=raw)
    stored = InboundMail.objects.get(raw=raw)
    stored.read()
    stored.refresh_from_db()
    return stored.outcome or stored.reason


def answers(application: Application) -> list[str]:
    return list(application.messages().filter(kind="answer").values_list("to_address", flat=True))


def test_a_receipt_can_be_answered(replies: None, jo: Application) -> None:
    with jo.employer.scope():
        receipt = jo.receipt
    assert receipt is not None
    assert b"@replies.example" in bytes(receipt.raw)


def test_without_a_receiver_answers_go_to_the_employer(
    diner: Employer, cook: object, apply: Callable[..., Application], settings: LazySettings
) -> None:
    settings.REPLY_DOMAIN = ""
    diner.reply_to = "jobs@blue-spoon.example"
    diner.save()
    with diner.scope():
        receipt = apply(diner.jobs.select_related("employer").get()).receipt  # type: ignore[attr-defined]
    assert receipt is not None
    assert b"Reply-To: jobs@blue-spoon.example" in bytes(receipt.raw)


def test_status_is_the_follow_up_and_is_answered(after_the_wait: Application, write: Write) -> None:
    assert "the follow-up" in write(after_the_wait, "STATUS")
    row = after_the_wait.follow_ups.get()
    assert (row.channel, row.topic, row.counts) == ("email", "status", True)
    assert "Yes, your application arrived" in row.answer_text
    assert answers(after_the_wait) == ["jo@example.org"]


def test_a_question_goes_to_a_person(after_the_wait: Application, write: Write) -> None:
    assert "a person is asked" in write(after_the_wait, "Is there a rack for bicycles?")
    assert FollowUp.objects.waiting().get().text == "Is there a rack for bicycles?"


def test_too_early_is_answered_by_the_status_and_says_when(
    replies: None, at_diner: Employer, jo: Application, write: Write
) -> None:
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    jo.promises.update(due_on=now().date() + dt.timedelta(days=30))
    assert "too early" in write(jo, "Where does my application stand?")
    assert not jo.follow_ups.exists()
    assert "You may ask from" in jo.messages().get(kind="answer").text


def test_from_another_address_a_person_decides_and_nobody_is_told_anything(
    after_the_wait: Application, write: Write
) -> None:
    outcome = write(after_the_wait, "Where does it stand?", sender="Jo <evil@example.net>")
    assert "came from another address" in outcome
    kept = InboundMail.objects.for_a_person().of(after_the_wait.employer).get()
    assert (kept.from_address, kept.application_id) == ("evil@example.net", after_the_wait.pk)
    assert answers(after_the_wait) == []
    assert not after_the_wait.follow_ups.exists()
    assert not after_the_wait.events().filter(kind="wrote_again").exists()


def test_an_automatic_reply_uses_up_nothing(after_the_wait: Application, write: Write) -> None:
    outcome = write(after_the_wait, "I am away. When can I expect?", Auto_Submitted="auto-replied")
    assert "nothing was used up" in outcome
    assert not after_the_wait.follow_ups.exists()
    assert answers(after_the_wait) == []


def test_a_wish_to_withdraw_asks_for_a_click(after_the_wait: Application, write: Write) -> None:
    assert "asked for a click" in write(after_the_wait, "I withdraw my application.")
    assert after_the_wait.is_open
    asked = after_the_wait.messages().get(kind="withdrawal_asked")
    assert "/withdrawal/" in asked.text


def test_thanks_are_kept_and_not_answered(after_the_wait: Application, write: Write) -> None:
    assert write(after_the_wait, "Thank you very much!") == "thanks, kept"
    assert answers(after_the_wait) == []
    assert after_the_wait.events().filter(kind="wrote_again").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "請問這個職位還有空缺嗎", "x" * 100_000])
def test_empty_foreign_and_endless_mails_are_answered(
    after_the_wait: Application, write: Write, text: str
) -> None:
    assert "the follow-up" in write(after_the_wait, text)
    assert answers(after_the_wait) == ["jo@example.org"]


def test_fifty_mails_are_one_follow_up_and_one_answer_a_day(
    after_the_wait: Application, write: Write
) -> None:
    for number in range(50):
        write(after_the_wait, f"Where does it stand? ({number})")
    assert after_the_wait.follow_ups.count() == 1
    assert len(answers(after_the_wait)) == 1


def test_the_same_mail_twice_is_one(after_the_wait: Application, write: Write) -> None:
    write(after_the_wait, "STATUS")
    write(after_the_wait, "STATUS")
    assert after_the_wait.follow_ups.count() == 1
    assert not after_the_wait.events().filter(kind="wrote_again").exists()


def test_a_token_for_bounces_is_no_place_to_write_to(
    after_the_wait: Application, settings: LazySettings
) -> None:
    receipt = after_the_wait.receipt
    assert receipt is not None
    raw = b"From: jo@example.org\r\n\r\nWhere does my application stand?"
    InboundMail.objects.take_in(
        sender="jo@example.org", recipients=[f"{receipt.token}@{settings.BOUNCE_DOMAIN}"], raw=raw
    )
    InboundMail.objects.get(raw=raw).read()
    assert not after_the_wait.follow_ups.exists()


def test_status_is_answered_again_the_same_day_when_something_has_changed(
    after_the_wait: Application, write: Write, rosa: Identity
) -> None:
    write(after_the_wait, "STATUS")
    write(after_the_wait, "STATUS!")
    assert len(answers(after_the_wait)) == 1
    stage = after_the_wait.employer.stages.order_by("position")[1]  # type: ignore[attr-defined]
    with clock_at(now() + dt.timedelta(minutes=30)):
        after_the_wait.move(stage, by=rosa)
    with clock_at(now() + dt.timedelta(hours=2)):
        write(after_the_wait, "Where does my application stand now?")
    assert len(answers(after_the_wait)) == 2
    newest = after_the_wait.messages().filter(kind="answer").latest("created_at")
    assert stage.public_name in newest.text


def test_a_question_beyond_the_follow_up_is_answered_once_a_day_whatever_changed(
    after_the_wait: Application, write: Write
) -> None:
    write(after_the_wait, "Is there a rack for bicycles?")
    write(after_the_wait, "And a shower?")
    assert len(answers(after_the_wait)) == 1


def test_a_file_that_comes_with_an_answer_is_kept_with_the_application(
    after_the_wait: Application, write: Write
) -> None:
    outcome = write(after_the_wait, "My certificate.", files={"certificate.txt": b"Hygiene"})
    assert "a person is asked" in outcome
    after_the_wait.refresh_from_db()
    assert after_the_wait.document.name == "certificate.txt"
    assert "certificate.txt" in FollowUp.objects.waiting().get().text


def test_of_a_file_that_is_not_taken_the_applicant_is_told(
    after_the_wait: Application, write: Write
) -> None:
    write(after_the_wait, "My certificate.", files={"run.exe": b"MZ\0\0"})
    write(after_the_wait, "Once more.", files={"run.exe": b"MZ\0\0"})
    told = after_the_wait.messages().get(kind="file_refused")
    assert "We could not take your file run.exe" in told.text
    assert told.to_address == "jo@example.org"
    after_the_wait.refresh_from_db()
    assert after_the_wait.document is None


def test_an_address_in_another_form_is_still_theirs(
    after_the_wait: Application, write: Write
) -> None:
    assert "the follow-up" in write(after_the_wait, "STATUS", sender="JO@EXAMPLE.ORG")


def test_an_answer_to_support_goes_to_support(
    replies: None, at_diner: Employer, jo: Application
) -> None:
    incident = tell(note(failed(job="line-cook")).code)  # type: ignore[union-attr]
    incident.reply("Try it once more.", by="Operator", solves=True)
    ours = Message.objects.get(kind="support_reply")
    assert written(ours, "It fails again.", sender=incident.email) == "handed to support"
    incident.refresh_from_db()
    assert incident.waits
    assert jo.follow_ups.count() == 0


def test_the_answer_stands_below_the_mail_it_answers(
    after_the_wait: Application, write: Write
) -> None:
    write(after_the_wait, "STATUS", Message_ID="<from-jo@example.org>")
    (answer,) = after_the_wait.messages().filter(kind="answer")
    assert answer.refers_to.split()[-1] == "<from-jo@example.org>"


def test_a_mail_from_somebody_else_is_not_what_the_answer_stands_below(
    after_the_wait: Application, write: Write
) -> None:
    mallory = "mallory@st-brigid.example"
    write(after_the_wait, "STATUS", sender=mallory, Message_ID="<from-mallory@example.org>")
    write(after_the_wait, "STATUS")
    (answer,) = after_the_wait.messages().filter(kind="answer")
    assert "mallory" not in answer.refers_to
