"""A mail server that asks everybody to come again, once (RFC 6647)."""

from __future__ import annotations

from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Greylisting:
    """Listens on a port of 127.0.0.1; `said` are its answers to RCPT."""

    def __init__(self, port: int) -> None:
        self.said: list[int] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.said.append(250 if self.said else 450)
        if self.said[-1] == 450:
            return "450 4.2.0 Greylisted, please come again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 2.0.0 OK"

    def __enter__(self) -> Greylisting:
        self.controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.controller.stop()
