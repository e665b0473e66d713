"""The receiver: takes a mail from the mail server in front, stores it, then says so."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections

from sincerely.inbound.models import InboundMail

log = structlog.get_logger()

STORED = "250 2.0.0 Stored"
NOT_NOW = "451 4.3.0 Cannot store it at the moment; please try again"


# Mail of the real world has longer lines than RFC 5321 allows; refusing it would lose it.
LONGEST_LINE = 1024 * 1024


class Receiver(SMTP):
    line_length_limit = LONGEST_LINE


class LocalReceiver(LMTP):
    line_length_limit = LONGEST_LINE


class Intake:
    """Answers 250 only after the commit; the mail server in front keeps it until then."""

    def __init__(self, threads: int = 4) -> None:
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="intake")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self.threads, _store, envelope)
        except Exception:
            log.exception("inbound mail was not stored")
            return NOT_NOW
        return STORED


def _store(envelope: Envelope) -> None:
    close_old_connections()
    try:
        InboundMail.objects.take_in(
            sender=envelope.mail_from or "<>",
            recipients=envelope.rcpt_tos,
            raw=envelope.original_content or b"",
        )
    finally:
        close_old_connections()


async def listen(
    host: str, port: int, *, lmtp: bool = False, largest: int, timeout: float = 300
) -> asyncio.Server:
    """Start to receive on one address. `largest` is in bytes; a larger mail is refused (552)."""
    intake, loop = Intake(), asyncio.get_running_loop()
    protocol = LocalReceiver if lmtp else Receiver

    def connection() -> Any:
        return protocol(
            intake,
            data_size_limit=largest,
            enable_SMTPUTF8=True,
            ident="sincerely",
            hostname="localhost",
            timeout=timeout,
            loop=loop,
        )

    return await loop.create_server(connection, host, port)
