from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.inbound.jobs import read_mail, sweep_inbound
from sincerely.inbound.models import InboundMail, State
from sincerely.kernel import clock
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.sink.reports import (
    DELAYED,
    DELIVERED,
    FAILED,
    RELAYED,
    Asked,
    Outcome,
    build_report,
)
from sincerely.outbox.token import REPLY, make_token
from sincerely.support.models import Incident

Run = Callable[..., list[str]]


@pytest.fixture
def sent(at_diner: Employer) -> Message:
    message = at_diner.messages.queue(
        kind="receipt", to_address="jo@example.org", subject="Hello", text="Hello"
    )
    message.settle("sent", source="smtp reply")
    return Message.objects.get(pk=message.pk)


def report_on(message: Message, outcome: Outcome, envid: str = "") -> bytes:
    asked = Asked("b@bounces.example", message.to_address, envid=envid)
    return build_report(asked, outcome, bytes(message.raw))


def take_in(raw: bytes, to: str) -> InboundMail:
    InboundMail.objects.take_in(sender="", recipients=[to], raw=raw)
    return InboundMail.objects.get(raw=raw)


def again(row: Message | InboundMail) -> Message | InboundMail:
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (DELIVERED, "delivered"),
        (RELAYED, "relayed"),
        (DELAYED, "delayed"),
        (FAILED, "bounced"),
    ],
)
def test_a_report_settles_the_message_that_its_address_names(
    sent: Message, run_jobs: Run, settings: LazySettings, outcome: Outcome, state: str
) -> None:
    mail = take_in(report_on(sent, outcome), f"{sent.token}@{settings.BOUNCE_DOMAIN}")
    run_jobs()
    assert again(sent).state == state
    last = sent.deliveries.last()
    assert (last.state, last.source) == (state, "dsn")
    assert outcome.diagnostic in last.evidence
    assert again(mail).outcome == f"{state} noted"
    assert (again(mail).employer_id, again(mail).message_id) == (sent.employer_id, sent.id)


@pytest.mark.parametrize(("outcome", "most"), [(DELIVERED, 5), (FAILED, 5)])
def test_a_report_takes_few_statements(
    sent: Message, settings: LazySettings, outcome: Outcome, most: int
) -> None:
    mail = take_in(report_on(sent, outcome), f"{sent.token}@{settings.BOUNCE_DOMAIN}")
    with CaptureQueriesContext(connection) as statements:
        mail.read()
    said = [query["sql"] for query in statements if "SAVEPOINT" not in query["sql"]]
    assert len(said) <= most, said


def test_a_report_sent_elsewhere_is_matched_by_its_envelope_id(
    sent: Message, run_jobs: Run
) -> None:
    take_in(report_on(sent, FAILED, envid=sent.token.upper()), "postmaster@blue-spoon.example")
    run_jobs()
    assert again(sent).state == "bounced"


def test_a_complaint_keeps_further_mail_from_the_address(sent: Message, run_jobs: Run) -> None:
    raw = (
        "From: feedback@isp.example\nTo: abuse@example.net\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="xx"\n\n'
        "--xx\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        f"Original-Mail-From: <{sent.token}@x.example>\n\n--xx--\n"
    )
    mail = take_in(raw.encode(), "abuse@blue-spoon.example")
    run_jobs()
    assert again(mail).outcome == "said to be unwanted: this address gets no more mail"
    assert Suppression.objects.get().address == "jo@example.org"


def test_reading_a_report_twice_changes_nothing(sent: Message, run_jobs: Run) -> None:
    mail = take_in(report_on(sent, DELIVERED), f"{sent.token}@x.example")
    run_jobs()
    read_mail.func(digest=mail.digest)
    assert sent.deliveries.filter(state="delivered").count() == 1


def test_a_second_report_with_nothing_new_says_so(sent: Message, run_jobs: Run) -> None:
    take_in(report_on(sent, DELIVERED), f"{sent.token}@x.example")
    second = take_in(report_on(sent, DELAYED), f"{sent.token}@x.example")
    run_jobs()
    assert again(sent).state == "delivered"
    assert again(second).outcome == "delayed, nothing new"


def test_a_forged_token_settles_nothing(sent: Message, run_jobs: Run) -> None:
    forged = sent.token[:-1] + ("a" if sent.token[-1] != "a" else "e")
    mail = take_in(report_on(sent, FAILED), f"{forged}@x.example")
    run_jobs()
    assert again(sent).state == "sent"
    assert again(mail).state == State.KEPT


def test_what_a_machine_writes_uses_nothing_up_and_asks_nobody(
    sent: Message, run_jobs: Run
) -> None:
    away = take_in(
        b"From: jo@example.org\r\nAuto-Submitted: auto-replied\r\n\r\nAway", f"{sent.token}@x"
    )
    run_jobs()
    assert (again(away).state, again(away).kind) == ("read", "auto-reply")
    assert again(away).employer_id == sent.employer_id
    assert again(sent).state == "sent"


def test_mail_to_no_address_of_ours_is_the_operators(sent: Message, run_jobs: Run) -> None:
    take_in(b"From: jo@example.org\r\n\r\nStill open?", "jobs@blue-spoon.example")
    run_jobs()
    kept = InboundMail.objects.for_a_person().of(None).get()
    assert (kept.kind, kept.reason) == ("other", "It was sent to no address that we read.")


def test_mail_for_support_opens_an_incident(
    sent: Message, run_jobs: Run, settings: LazySettings
) -> None:
    raw = b"From: Jo <jo@example.org>\r\nSubject: Code K7X-4QD\r\n\r\nThe form broke"
    mail = take_in(raw, settings.SUPPORT_EMAIL)
    run_jobs()
    incident = Incident.objects.get()
    assert (incident.code, incident.email, incident.waits) == ("K7X-4QD", "jo@example.org", True)
    assert "The form broke" in incident.reporters_words()
    assert again(mail).outcome == "handed to support: K7X-4QD"


def test_a_file_for_support_waits_for_a_person(
    sent: Message, run_jobs: Run, settings: LazySettings
) -> None:
    mail = EmailMessage()
    mail["From"] = "jo@example.org"
    mail.set_content("This is what I saw.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="seen.pdf")
    take_in(mail.as_bytes(), settings.SUPPORT_EMAIL)
    run_jobs()
    assert InboundMail.objects.for_a_person().of(None).get().kind == "support"
    assert not Incident.objects.exists()


def test_what_a_person_writes_to_the_address_for_reports_is_the_employers(
    sent: Message, run_jobs: Run
) -> None:
    take_in(b"From: jo@example.org\r\n\r\nStill open?", f"{sent.token}@x")
    run_jobs()
    kept = InboundMail.objects.for_a_person().of(sent.employer).get()
    assert (kept.kind, kept.message_id) == ("other", sent.pk)


def test_a_report_without_our_token_is_the_operators(sent: Message, run_jobs: Run) -> None:
    take_in(report_on(sent, FAILED), "postmaster@blue-spoon.example")
    run_jobs()
    assert InboundMail.objects.for_a_person().of(None).get().kind == "bounce"


def test_mail_from_ourselves_is_never_answered(
    sent: Message, run_jobs: Run, settings: LazySettings
) -> None:
    settings.APPLY_DOMAIN = "jobs.example"
    for sender in (settings.DEFAULT_FROM_EMAIL, f"{sent.token}@x.example", "a@jobs.example"):
        take_in(f"From: {sender}\r\n\r\nHello".encode(), "blue-spoon@jobs.example")
    run_jobs()
    assert {mail.kind for mail in InboundMail.objects.all()} == {"auto-reply"}
    assert Message.objects.count() == 1


def test_a_null_return_path_is_never_answered(
    sent: Message, run_jobs: Run, settings: LazySettings
) -> None:
    settings.APPLY_DOMAIN = "jobs.example"
    raw = b"From: mailer-daemon@example.org\r\n\r\nCould not deliver it, sorry"
    InboundMail.objects.take_in(sender="<>", recipients=["blue-spoon@jobs.example"], raw=raw)
    run_jobs()
    assert InboundMail.objects.get().kind == "auto-reply"


def test_after_thirty_mails_in_a_day_a_person_looks(
    sent: Message, run_jobs: Run, settings: LazySettings
) -> None:
    settings.REPLY_DOMAIN = "replies.example"
    to = f"{make_token(sent.employer.pk, sent.pk, REPLY)}@replies.example"
    for number in range(32):
        take_in(f"From: jo@example.org\r\n\r\n{number}".encode(), to)
    run_jobs()
    assert InboundMail.objects.filter(reason__startswith="There was too much mail").count() == 2


def test_the_same_mail_by_another_way_is_one(sent: Message) -> None:
    raw = b"Message-ID: <1@example.org>\r\nFrom: jo@example.org\r\n\r\nHello\r\n"
    for top in (b"", b"Received: from a webhook\r\n"):
        InboundMail.objects.take_in(sender="", recipients=["a@b.example"], raw=top + raw)
    InboundMail.objects.take_in(
        sender="", recipients=["a@b.example"], raw=raw.replace(b"Hello", b"Good-bye")
    )
    assert InboundMail.objects.count() == 2


def test_a_report_on_a_message_that_is_gone_is_noted(sent: Message, run_jobs: Run) -> None:
    raw, to = report_on(sent, FAILED), f"{sent.token}@x.example"
    sent.delete()
    mail = take_in(raw, to)
    run_jobs()
    assert "not here any more" in again(mail).outcome


def test_a_hostile_mail_is_kept_and_never_parsed(run_jobs: Run, db: None) -> None:
    mail = take_in(b"A: " + b"x" * 100_000, "jobs@blue-spoon.example")
    run_jobs()
    assert again(mail).reason.startswith("It cannot be read")


def test_a_mail_whose_job_was_lost_is_read_by_the_sweeper(sent: Message, run_jobs: Run) -> None:
    take_in(report_on(sent, DELIVERED), f"{sent.token}@x.example")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with clock.clock_at(clock.now() + dt.timedelta(minutes=6)):
        sweep_inbound.func(timestamp=0)
        run_jobs()
    assert again(sent).state == "delivered"
