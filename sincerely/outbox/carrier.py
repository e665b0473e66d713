"""The wire: hands one mail to the mail server, and says what came of it.

Only deliver.py calls this. The connection is Django's, so that EMAIL_URL, TLS, login and
EMAIL_TIMEOUT hold; the dialogue is ours, because Django's own neither asks for delivery reports
nor tells a refused recipient from a server that is out of order.
"""

from __future__ import annotations

import re
import smtplib
from dataclasses import replace
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from sincerely.outbox.envelope import Envelope, Reply, Verdict
from sincerely.outbox.provider import hand_over
from sincerely.outbox.render import needs_utf8
from sincerely.outbox.signing import CannotSign, signed

# 5.7.x: "you may not" (no relaying, unknown sender, log in first). At MAIL and RCPT it speaks
# about us, not about the recipient, so a person can put it right while we keep trying.
_OUR_FAULT = re.compile(r"\b5\.7\.\d+\b")
NO_REPORTS = "This mail server offers no delivery reports (RFC 3461)."
_NOT_ALLOWED = {530, 534, 535, 538}


def carry(envelope: Envelope) -> Reply:
    """Try once. Raises nothing that a server, a network or an address can cause."""
    backend = get_connection()
    if not isinstance(backend, EmailBackend):
        return hand_over(backend, envelope)
    try:
        envelope = replace(envelope, raw=signed(envelope.raw))
    except CannotSign as error:
        return Reply(Verdict.LATER, str(error))
    try:
        backend.open()
    except (OSError, ValueError) as error:
        return Reply(Verdict.LATER, f"connect: {_words(error)}", is_outage=True)
    try:
        return _Dialogue(backend.connection, envelope).run()
    finally:
        _hang_up(backend)


class _Dialogue:
    """One mail transaction (RFC 5321, 3.3), with delivery reports asked for (RFC 3461)."""

    def __init__(self, server: Any, envelope: Envelope) -> None:
        self.server, self.envelope, self.step = server, envelope, "EHLO"

    def run(self) -> Reply:
        try:
            self.server.ehlo_or_helo_if_needed()
            return self._mail() or self._rcpt() or self._data()
        except smtplib.SMTPResponseException as error:
            return self._judge(error.smtp_code, error.smtp_error, refusable=self.step == "DATA")
        except (smtplib.SMTPException, OSError, ValueError) as error:
            # Also a connection lost after DATA. Whether the mail got through nobody knows then;
            # trying again may make a second copy with the same Message-ID, not trying may lose it.
            late = isinstance(error, TimeoutError)
            return Reply(Verdict.LATER, f"{self.step}: {_words(error)}", is_outage=late)

    def _mail(self) -> Reply | None:
        self.step, options = "MAIL FROM", []
        if self.server.has_extn("dsn") and self.envelope.token:
            options += ["RET=HDRS", f"ENVID={self.envelope.token}"]
        if needs_utf8(self.envelope.recipient):
            if not self.server.has_extn("smtputf8"):
                return Reply(Verdict.REFUSED, "Our mail server cannot write to such an address.")
            options.append("SMTPUTF8")
        return self._refusal(*self.server.mail(self.envelope.sender, options), refusable=False)

    def _rcpt(self) -> Reply | None:
        self.step, options = "RCPT TO", []
        if self.server.has_extn("dsn") and self.envelope.token:
            options += ["NOTIFY=SUCCESS,FAILURE,DELAY"]
        return self._refusal(*self.server.rcpt(self.envelope.recipient, options), refusable=True)

    def _data(self) -> Reply:
        self.step = "DATA"
        reply = self._judge(*self.server.data(self.envelope.raw), refusable=True)
        if reply.verdict is Verdict.ACCEPTED and not self.server.has_extn("dsn"):
            return replace(reply, evidence=f"{reply.evidence}\n{NO_REPORTS}")
        return reply

    def _refusal(self, code: int, said: bytes, *, refusable: bool) -> Reply | None:
        reply = self._judge(code, said, refusable=refusable)
        return None if reply.verdict is Verdict.ACCEPTED else reply

    def _judge(self, code: int, said: bytes | str, *, refusable: bool) -> Reply:
        words = said.decode(errors="replace") if isinstance(said, bytes) else said
        evidence = f"{self.step}: {code} {words}"
        if 200 <= code < 300:
            return Reply(Verdict.ACCEPTED, evidence)
        ours = code in _NOT_ALLOWED or (self.step != "DATA" and _OUR_FAULT.search(words))
        final = code >= 500 and refusable and not ours
        return Reply(Verdict.REFUSED if final else Verdict.LATER, evidence)


def _hang_up(backend: EmailBackend) -> None:
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        # The mail's fate is known by now; how the server says good-bye does not change it.
        backend.connection = None


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {words}"
    return f"{type(error).__name__}: {error}"
