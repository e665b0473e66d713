"""The only door to SMTP or to a mail provider. At least once, always with the same Message-ID."""

from __future__ import annotations

import datetime as dt
from email.utils import parseaddr
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from sincerely.kernel import clock
from sincerely.kernel.commits import do_not_wait_for_disk
from sincerely.outbox import outage
from sincerely.outbox.carrier import carry
from sincerely.outbox.envelope import Envelope, Reply, Verdict
from sincerely.outbox.models import AccountMail, Delivery, Message, Suppression
from sincerely.outbox.models.message import LONG
from sincerely.outbox.models.message_state import UNSENT
from sincerely.outbox.pace import turn
from sincerely.outbox.render import wire_address

log = structlog.get_logger()


def deliver(message_id: UUID, *, job_id: int | None = None) -> None:
    """Send one message of the current employer, if it is due and nobody else is sending it."""
    message = Message.objects.defer(*LONG).filter(pk=message_id).first()
    if message is None or message.state not in UNSENT:
        return
    if message.state == Message.State.QUEUED and not _is_next(message):
        return
    # Claimed and committed before the first byte goes out. A worker that dies from here on leaves
    # the row `sending`, and the sweeper takes it back.
    if message.claim(clock.now(), claim_limit(), job_id=job_id):
        _note(message, _attempt(message))


def _is_next(message: Message) -> bool:
    """Whether nothing forbids to send it, and it need not wait for its turn."""
    if message.is_held(clock.now()):
        return False
    if stop := Suppression.objects.stopping(message.to_address):
        message.skip(stop.reason, source=Delivery.Source.WORKER)
        return False
    if until := turn(message):
        message.wait(until)
        return False
    return True


def claim_limit() -> dt.timedelta:
    """How long an attempt may take: each of its eight steps may take EMAIL_TIMEOUT, and some."""
    return dt.timedelta(seconds=10 * settings.EMAIL_TIMEOUT)


def deliver_account_mail(mail: AccountMail) -> Reply:
    """Send a mail that belongs to no employer (a login code) and forget it once it is out."""
    reply = carry(
        Envelope(
            sender=f"accounts@{settings.BOUNCE_DOMAIN}",
            recipient=wire_address(mail.to_address),
            raw=bytes(mail.raw),
        )
    )
    if reply.verdict is not Verdict.LATER:
        mail.delete()
    return reply


def _attempt(message: Message) -> Reply:
    envelope = Envelope(
        sender=f"{message.token}@{settings.BOUNCE_DOMAIN}",
        recipient=wire_address(parseaddr(message.to_address)[1] or message.to_address),
        raw=bytes(message.raw),
        token=message.token,
    )
    try:
        reply = carry(envelope)
        outage.note(reply)
        return reply
    except Exception as error:
        log.exception("delivery failed in our own code", message=str(message.pk))
        return Reply(Verdict.LATER, f"sincerely: {error!r}")


def _note(message: Message, reply: Reply) -> None:
    source = Delivery.Source.SMTP
    if reply.verdict is Verdict.LATER:
        message.postpone(reply.evidence, source=source)
        return
    sent = reply.verdict is Verdict.ACCEPTED
    state = Message.State.SENT if sent else Message.State.BOUNCED
    with transaction.atomic():
        # A crash that undoes this is one between the server's answer and the commit, which may
        # happen anyway: the mail goes out once more. The end of the job waits for both.
        do_not_wait_for_disk()
        if held := Message.objects.held(message.pk):
            held.hear(state, source=source, evidence=reply.evidence)
