"""The sink's SMTP: takes every mail at once and answers for its delivery later."""

from __future__ import annotations

import asyncio
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from sincerely.outbox.sink.maildir import Maildir
from sincerely.outbox.sink.reports import Asked, Reporter

_PARAMETERS = ("RET", "ENVID", "NOTIFY", "ORCPT")


class SinkServer(SMTP):
    """aiosmtpd refuses the parameters of RFC 3461: they are taken off before it looks."""

    async def smtp_MAIL(self, arg: str | None) -> None:
        rest, self.asked = split_parameters(arg)
        await super().smtp_MAIL(rest)

    async def smtp_RCPT(self, arg: str | None) -> None:
        rest, asked = split_parameters(arg)
        self.asked = getattr(self, "asked", {}) | asked
        await super().smtp_RCPT(rest)


def split_parameters(arg: str | None) -> tuple[str | None, dict[str, str]]:
    """`<a@b> NOTIFY=SUCCESS SIZE=9` → (`<a@b> SIZE=9`, {"NOTIFY": "SUCCESS"})."""
    if arg is None:
        return None, {}
    rest, asked = [], {}
    for word in arg.split(" "):
        name, equals, value = word.partition("=")
        if equals and name.upper() in _PARAMETERS:
            asked[name.upper()] = value
        else:
            rest.append(word)
    return " ".join(rest), asked


class SinkHandler:
    """Keeps what is delivered; `latency` (seconds) is how long the server takes over each mail."""

    def __init__(self, maildir: Maildir, reporter: Reporter, latency: float = 0.0) -> None:
        self.maildir, self.reporter, self.latency = maildir, reporter, latency

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*lines[:-1], "250-DSN", "250-ENHANCEDSTATUSCODES", *lines[-1:]]

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        raw, sender = envelope.original_content or b"", envelope.mail_from or ""
        await asyncio.sleep(self.latency)
        for recipient in envelope.rcpt_tos:
            if self.reporter.delivers(recipient):
                self.maildir.keep(raw, sender=sender, recipient=recipient)
            asked = Asked(sender, recipient, **_asked(server.asked))
            self.reporter.follow(asked, raw)
        return "250 2.0.0 Queued"


def _asked(parameters: dict[str, str]) -> dict[str, str]:
    named = {name.lower(): value for name, value in parameters.items()}
    return {name: named.get(name, "") for name in ("notify", "envid", "orcpt", "ret")}


async def listen(host: str, port: int, handler: SinkHandler) -> asyncio.Server:
    """Start to receive on one address (port 0: any free one)."""
    loop = asyncio.get_running_loop()

    def connection() -> SinkServer:
        return SinkServer(
            handler, enable_SMTPUTF8=True, ident="sincerely sink", hostname="localhost", loop=loop
        )

    return await loop.create_server(connection, host, port)
