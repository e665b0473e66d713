"""The world's mail: a real SMTP server in a thread of this process, and what becomes of each mail.

Our side of the wire is the product's own. Whether a mail arrives, comes back late, or is never
heard of again is drawn; the report about it is a genuine one (RFC 3464) and comes in by the door
through which `mailin` stores what it receives.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.agenda import Agenda
from sincerely.config.simulation.chance import draw
from sincerely.inbound.models import InboundMail
from sincerely.kernel import clock
from sincerely.outbox.sink.reports import (
    DELAYED,
    DELIVERED,
    FAILED,
    RELAYED,
    Asked,
    Outcome,
    build_report,
)
from sincerely.outbox.sink.server import SinkServer

DEAD = "dead.example"
SOON = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that the server took; of its bytes the header, which is what reports return."""

    asked: Asked
    header: bytes


class Provider:
    """Takes every mail, except while it is `down`."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.down = False

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*lines[:-1], "250-DSN", "250-ENHANCEDSTATUSCODES", *lines[-1:]]

    async def handle_MAIL(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.down:
            return "421 4.3.2 The system is not accepting mail"
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        given = {name.lower(): value for name, value in server.asked.items()}
        header = (envelope.original_content or b"").partition(b"\r\n\r\n")[0]
        for recipient in envelope.rcpt_tos:
            named = {key: given.get(key, "") for key in ("notify", "envid", "orcpt", "ret")}
            asked = Asked(envelope.mail_from or "", recipient, **named)
            self.taken.append(Taken(asked, header + b"\r\n\r\n"))
        return "250 2.0.0 Queued"


class MailServer:
    """The provider on a free port of this machine while the block lasts."""

    def __init__(self) -> None:
        self.provider = Provider()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> MailServer:
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *raised: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        def connection() -> SinkServer:
            return SinkServer(
                self.provider, ident="simulation", hostname="localhost", loop=self._loop
            )

        return await self._loop.create_server(connection, "127.0.0.1", 0)


class Postman:
    """Enters into the agenda what happens to each mail that the server took."""

    def __init__(self, seed: int, agenda: Agenda, provider: Provider) -> None:
        self.seed, self.agenda, self.provider = seed, agenda, provider
        self.on_delivery: Callable[[Taken], None] = lambda taken: None
        self._sent_to: Counter[str] = Counter()

    def collect(self) -> None:
        """Everything that was taken since the last time."""
        taken, self.provider.taken = self.provider.taken, []
        for each in taken:
            self._foresee(each)

    def _foresee(self, taken: Taken) -> None:
        recipient = taken.asked.recipient
        self._sent_to[recipient] += 1
        chance = draw(self.seed, "mail", recipient, self._sent_to[recipient])
        outcomes = _outcomes(recipient, chance.random(), chance.random())
        for after, outcome in outcomes:
            if outcome is not None and taken.asked.wants(outcome.condition):
                self._report(taken, outcome, clock.now() + after)
        if not recipient.endswith(DEAD):
            at = clock.now() + SOON + dt.timedelta(seconds=chance.randrange(60))
            self.agenda.enter(at, lambda: self.on_delivery(taken))

    def _report(self, taken: Taken, outcome: Outcome, at: dt.datetime) -> None:
        asked, header = taken.asked, taken.header

        def arrives() -> None:
            report = build_report(asked, outcome, header)
            InboundMail.objects.take_in(sender="", recipients=[asked.sender], raw=report)

        self.agenda.enter(at, arrives)


def _outcomes(
    recipient: str, fate: float, moment: float
) -> list[tuple[dt.timedelta, Outcome | None]]:
    """What is reported of a mail, and how long after it was taken."""
    if recipient.endswith(DEAD):
        return [(3 * SOON, FAILED)]
    arrived = RELAYED if moment < rates.RELAYED.value else DELIVERED
    if fate < rates.NO_REPORT.value:
        return []
    fate -= rates.NO_REPORT.value
    if fate < rates.LATE_BOUNCE.value:
        return [(SOON, arrived), (SOON + moment * dt.timedelta(days=2), FAILED)]
    fate -= rates.LATE_BOUNCE.value
    if fate < rates.DELAYED.value:
        hours = dt.timedelta(hours=1 + 20 * moment)
        return [(3 * SOON, DELAYED), (hours, arrived)]
    return [(SOON, arrived)]
