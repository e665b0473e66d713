"""Delivery reports as a real provider sends them (RFC 3464), some time after the mail."""

from __future__ import annotations

import asyncio
import smtplib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formatdate, make_msgid

import structlog

log = structlog.get_logger()

OURS = "sink.localhost"
TRIES = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """One recipient's part of a mail transaction, with what the sender asked for (RFC 3461)."""

    sender: str
    recipient: str
    notify: str = ""
    envid: str = ""
    orcpt: str = ""
    ret: str = ""

    def wants(self, condition: str) -> bool:
        """Without NOTIFY a failure is reported, a success is not (RFC 3461, 4.1)."""
        return condition in (self.notify.upper() or "FAILURE").split(",")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to a mail, and when after it was taken (in units of the reporter's `pace`)."""

    after: float
    action: str
    status: str
    condition: str
    diagnostic: str


DELIVERED = Outcome(1, "delivered", "2.0.0", "SUCCESS", "smtp; 250 2.0.0 Delivered to mailbox")
RELAYED = Outcome(1, "relayed", "2.0.0", "SUCCESS", "smtp; 250 2.0.0 Handed to the next server")
FAILED = Outcome(3, "failed", "5.1.1", "FAILURE", "smtp; 550 5.1.1 No such user here")
DELAYED = Outcome(2, "delayed", "4.2.2", "DELAY", "smtp; 452 4.2.2 The mailbox is full for now")
LATE = replace(DELIVERED, after=60)


def outcomes_for(recipient: str) -> tuple[Outcome, ...]:
    """By the address: "bounce" in the local part or bounce.example fails, relay.example knows no
    reports, slow.example has a full mailbox for a minute; everybody else gets their mail."""
    local, _, domain = recipient.lower().rpartition("@")
    if "bounce" in local or domain == "bounce.example":
        return (FAILED,)
    if domain == "relay.example":
        return (RELAYED,)
    return (DELAYED, LATE) if domain == "slow.example" else (DELIVERED,)


def build_report(asked: Asked, outcome: Outcome, raw: bytes) -> bytes:
    """One report in three parts: for people, for machines, and the headers of the mail."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = f"Mail Delivery System <MAILER-DAEMON@{OURS}>"
    report["To"] = asked.sender
    report["Subject"] = f"Delivery report: {outcome.action}"
    report["Date"], report["Message-ID"] = formatdate(), make_msgid(domain=OURS)
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(f"Your mail to {asked.recipient}: {outcome.action}.\n"))
    status = MIMEBase("message", "delivery-status")
    status.set_payload([_fields(_about_message(asked)), _fields(_about(asked, outcome))])
    report.attach(status)
    headers = MIMEBase("text", "rfc822-headers")
    headers.set_payload(_headers(raw))
    report.attach(headers)
    return report.as_bytes(policy=policy.SMTP)


def _about_message(asked: Asked) -> dict[str, str]:
    fields = {"Reporting-MTA": f"dns; {OURS}"}
    if asked.envid:
        fields["Original-Envelope-Id"] = asked.envid
    return fields | {"Arrival-Date": format_datetime(datetime.now(UTC))}


def _about(asked: Asked, outcome: Outcome) -> dict[str, str]:
    fields = {"Original-Recipient": asked.orcpt} if asked.orcpt else {}
    return fields | {
        "Final-Recipient": _address(asked.recipient),
        "Action": outcome.action,
        "Status": outcome.status,
        "Diagnostic-Code": outcome.diagnostic,
    }


def _address(address: str) -> str:
    """With its type; other scripts as code points (RFC 6533, section 3)."""
    if address.isascii():
        return f"rfc822; {address}"
    points = (char if char.isascii() else f"\\x{{{ord(char):X}}}" for char in address)
    return f"utf-8; {''.join(points)}"


def _fields(fields: dict[str, str]) -> Message:
    block = Message()
    for name, value in fields.items():
        block[name] = value
    return block


def _headers(raw: bytes) -> str:
    mail = message_from_bytes(raw)
    mail.set_payload("")
    for name in ("Content-Type", "Content-Transfer-Encoding"):
        del mail[name]
    return mail.as_string()


class Reporter:
    """Sends the reports that were asked for to `mailin`; `pace` is in seconds, 0 for at once."""

    def __init__(self, host: str, port: int, *, pace: float = 1.0) -> None:
        self.host, self.port, self.pace = host, port, pace
        self._tasks: set[asyncio.Task[None]] = set()

    def delivers(self, recipient: str) -> bool:
        return FAILED not in outcomes_for(recipient)

    def follow(self, asked: Asked, raw: bytes) -> None:
        """Start what will happen to one mail."""
        task = asyncio.get_running_loop().create_task(self._report(asked, raw))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _report(self, asked: Asked, raw: bytes) -> None:
        # Nothing is ever reported about a mail without a sender: reports about reports would loop.
        if not asked.sender or asked.sender == "<>" or not self.port:
            return
        for outcome in outcomes_for(asked.recipient):
            await asyncio.sleep(outcome.after * self.pace)
            if asked.wants(outcome.condition):
                await self._send(asked.sender, build_report(asked, outcome, raw))

    async def _send(self, recipient: str, report: bytes) -> None:
        """Try as a mail server does, since `mailin` may be down for a while."""
        for _ in range(TRIES):
            try:
                return await asyncio.to_thread(self._hand_over, recipient, report)
            except (OSError, smtplib.SMTPException) as error:
                log.info("report not taken yet", error=repr(error))
                await asyncio.sleep(max(self.pace, 0.1) * 5)
        log.warning("report given up", recipient=recipient)

    def _hand_over(self, recipient: str, report: bytes) -> None:
        with smtplib.SMTP(self.host, self.port, local_hostname=OURS, timeout=30) as server:
            server.sendmail("", [recipient], report)
