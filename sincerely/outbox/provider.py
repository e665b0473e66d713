"""Handing a mail to a provider's API (django-anymail), or to another backend of Django's."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes, policy
from typing import Any

from anymail.exceptions import (
    AnymailAPIError,
    AnymailRecipientsRefused,
    AnymailUnsupportedFeature,
)
from django.core.mail import EmailMultiAlternatives

from sincerely.outbox.envelope import Envelope, Reply, Verdict

# Under this name the token goes out with a mail, and comes back with each report on it.
TOKEN = "message_token"  # noqa: S105 - the name of a field
_KEPT = ("Reply-To", "Message-ID", "In-Reply-To", "References", "Auto-Submitted")


def hand_over(backend: Any, envelope: Envelope) -> Reply:
    """Try once. Raises nothing that a provider, a network or an address can cause."""
    name = getattr(backend, "esp_name", type(backend).__module__)
    try:
        return _try(backend, name, envelope)
    except AnymailRecipientsRefused as error:
        return Reply(Verdict.REFUSED, f"{name}: {error}")
    except Exception as error:
        return Reply(Verdict.LATER, f"{name}: {error or repr(error)}", is_outage=_is_outage(error))


def _try(backend: Any, name: str, envelope: Envelope) -> Reply:
    """With as much as this provider can: Anymail says before it sends what it cannot."""
    for wishes in _wishes(envelope) if hasattr(backend, "esp_name") else [{}]:
        mail = _for_django(envelope, name)
        for wish, value in wishes.items():
            setattr(mail, wish, value)
        try:
            backend.send_messages([mail])
        except AnymailUnsupportedFeature:
            continue
        return _reply(name, getattr(mail, "anymail_status", None))
    return Reply(Verdict.LATER, f"{name} cannot send such a mail")


def _wishes(envelope: Envelope) -> list[Mapping[str, Any]]:
    """Our token, by which a report finds its message; and no pixel and no changed link in it."""
    token = {"metadata": {TOKEN: envelope.token}} if envelope.token else {}
    tag = {"tags": [envelope.token]} if envelope.token else {}
    return [token | {"track_opens": False, "track_clicks": False}, token, tag, {}]


def _reply(name: str, status: Any) -> Reply:
    """Taken, unless Anymail could find neither a number nor a state in the provider's answer."""
    if status is None:
        return Reply(Verdict.ACCEPTED, f"handed to {name}")
    if not status.message_id and status.status == {"unknown"}:
        said = getattr(status.esp_response, "text", "")[:1000]
        return Reply(Verdict.LATER, f"{name} did not say that it took it: {said}")
    number = f" as {status.message_id}" if status.message_id else ""
    return Reply(Verdict.ACCEPTED, f"handed to {name}{number}")


def _is_outage(error: Exception) -> bool:
    """Nobody answered, or in a way that speaks about no mail in particular."""
    if not isinstance(error, AnymailAPIError):
        return isinstance(error, OSError)
    return error.status_code is None or error.status_code >= 500 or error.status_code == 429


def _for_django(envelope: Envelope, name: str) -> EmailMultiAlternatives:
    mail = message_from_bytes(envelope.raw, policy=policy.default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    headers = {name: str(mail[name]) for name in _KEPT if mail[name]}
    if name == "Postmark":
        headers["X-PM-KeepID"] = "true"  # else it gives the mail a Message-ID of its own
    copy = EmailMultiAlternatives(
        subject=str(mail["Subject"] or ""),
        body=text.get_content().replace("\r\n", "\n") if text else "",
        from_email=str(mail["From"]),
        to=[envelope.recipient],
        headers=headers,
    )
    if html:
        copy.attach_alternative(html.get_content(), "text/html")
    return copy
