"""A real mail server on loopback that can be told to misbehave."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from sincerely.outbox.sink.server import SinkServer


@dataclass
class Got:
    sender: str
    recipients: list[str]
    raw: bytes
    parameters: dict[str, str]

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[arg-type]


@dataclass
class Manners:
    """How the server answers: empty for "as it should". `got` is what it was given in full."""

    greeting: str = ""
    at_mail: str = ""
    at_rcpt: str = ""
    at_data: str = ""
    hangs_at_data: bool = False
    drops_after_data: bool = False
    offers_dsn: bool = True
    got: list[Got] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*lines[:-1], *(["250-DSN"] if self.offers_dsn else []), *lines[-1:]]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.at_mail or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.at_rcpt:
            envelope.rcpt_tos.append(address)
        return self.at_rcpt or "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.hangs_at_data:
            await asyncio.sleep(30)
        if self.at_data:
            return self.at_data
        raw = bytes(envelope.content or b"")
        self.got.append(Got(envelope.mail_from or "", envelope.rcpt_tos, raw, server.asked))
        if self.drops_after_data:
            server.transport.abort()
        return "250 2.0.0 Queued as 4711"


class GreetingServer(SinkServer):
    """Can refuse a client before it says a word."""

    def _create_session(self) -> Session:
        session = super()._create_session()
        return session

    async def _handle_client(self) -> None:
        if greeting := self.event_handler.greeting:
            await self.push(greeting)
            self.transport.close()
            return
        await super()._handle_client()


class Server(Controller):
    def factory(self) -> SMTP:
        return GreetingServer(self.handler, enable_SMTPUTF8=True, hostname="localhost")
