"""The demo's mail that came in: an application by mail, and what waits for a person to sort."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

from django.conf import settings

from sincerely.hiring.apply_addresses import apply_address
from sincerely.hiring.models import Application, Job
from sincerely.inbound.models import InboundMail
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.token import REPLY, make_token

_RESUME = b"Noor Haddad\nnoor@example.org\n\nLine cook, Harbour Canteen, 2022 to 2026\n"


def load_mails(job: Job, deliver: Any) -> None:
    """Mail to the employer of this job, of the last days, where any is taken. `deliver(application,
    at)` lets a message of the past arrive in the past."""
    if not settings.APPLY_DOMAIN:
        return
    yesterday = now() - dt.timedelta(hours=20)
    with clock_at(yesterday):
        by_mail = _mail("Noor Haddad <noor@example.org>", f"Application: {job.title}")
        by_mail.set_content("I would like to cook with you. I can start in January.\n")
        by_mail.add_attachment(_RESUME, maintype="text", subtype="plain", filename="Noor CV.txt")
        _take_in(by_mail, apply_address(job.employer, job))
    noor = Application.objects.for_page().get(job=job, email="noor@example.org")
    deliver(noor, yesterday)
    with clock_at(now() - dt.timedelta(hours=3)):
        _from_work(job)
        board = _mail("JobHarbour <applications@jobharbour.example>", "New applicant: Ilse Brandt")
        board["Auto-Submitted"] = "auto-generated"
        board.set_content("Ilse Brandt (ilse@example.org) has applied. Her resume is attached.\n")
        board.add_attachment(_RESUME, maintype="text", subtype="plain", filename="Ilse Brandt.txt")
        _take_in(board, apply_address(job.employer))


def load_mail_for_support() -> None:
    """One mail that belongs to no employer."""
    with clock_at(now() - dt.timedelta(hours=5)):
        trouble = _mail("Jo Smith <jo@example.org>", "Trouble with an application (7F3-K29)")
        trouble.set_content("The form told me 7F3-K29 when I sent it. Is this file with you?\n")
        trouble.add_attachment(_RESUME, maintype="text", subtype="plain", filename="Jo Smith.txt")
        _take_in(trouble, settings.SUPPORT_EMAIL)


def _from_work(job: Job) -> None:
    """An answer to a receipt from an address that is not the applicant's: a person decides."""
    applications = Application.objects.open().filter(job=job).exclude(email="")
    jo = applications.order_by("applied_at").first()
    receipt = jo.receipt if jo else None
    if jo is None or receipt is None:
        return
    mail = _mail(f"{jo.name} <reception@harbour-ferries.example>", f"Re: {receipt.subject}")
    mail.set_content("I am writing from work. Where does my application stand?\n")
    token = make_token(job.employer.pk, receipt.pk, REPLY)
    _take_in(mail, f"{token}@{settings.REPLY_DOMAIN}")


def _mail(sender: str, subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, subject
    mail["Message-ID"] = make_msgid(domain="localhost")
    return mail


def _take_in(mail: EmailMessage, to: str) -> None:
    """As it comes in, and read at once: the clock of the past is set now."""
    mail["To"] = to
    raw = mail.as_bytes()
    InboundMail.objects.take_in(sender="", recipients=[to], raw=raw)
    InboundMail.objects.get(raw=raw).read()
