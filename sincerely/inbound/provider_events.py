"""What a mail provider says: about a mail of ours, or with a mail that came in for us."""

from __future__ import annotations

import json
from typing import Any

from anymail.signals import AnymailInboundEvent, EventType

from sincerely.inbound.models import InboundMail
from sincerely.inbound.provider_call import ProviderCall
from sincerely.inbound.provider_requests import reader_of, stored_request
from sincerely.kernel import clock
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Delivery, Message, Suppression
from sincerely.outbox.provider import TOKEN
from sincerely.outbox.suppressing import COMPLAINED
from sincerely.outbox.token import BOUNCE, Token, read_token

State = Message.State
WEBHOOK = Delivery.Source.WEBHOOK

_STATES = {
    EventType.DELIVERED: State.DELIVERED,
    EventType.DEFERRED: State.DELAYED,
    EventType.BOUNCED: State.BOUNCED,
    EventType.REJECTED: State.BOUNCED,
    EventType.FAILED: State.FAILED,
    # Who says that it is unwanted has it.
    EventType.COMPLAINED: State.DELIVERED,
}


class Unreadable(Exception):
    """A call of a shape that nobody knows; the text says what is wrong with it."""


def act_on(call: ProviderCall) -> str:
    """Do what it asks for; says in a few words what that was. Raises Unreadable."""
    said = [
        _take_in(event) if isinstance(event, AnymailInboundEvent) else _note(call, event)
        for event in _events(call)
    ]
    return "; ".join(said) or "nothing in it"


def _events(call: ProviderCall) -> list[Any]:
    try:
        reader = reader_of(call.provider, call.kind)
        request = stored_request(call.content_type, bytes(call.body))
        events: list[Any] = reader.parse_events(request)
    except Exception as error:
        # Whatever a stranger's bytes did to the parser: the call is kept for a person.
        raise Unreadable(f"cannot be read: {error!r}") from error
    return events


def _take_in(event: AnymailInboundEvent) -> str:
    """A mail goes where `mailin` puts it, too."""
    mail = event.message
    try:
        raw, to = mail.as_bytes(), [mail.envelope_recipient or ""]
        to = list(filter(None, to)) or [address.addr_spec for address in mail.to]
    except Exception as error:
        raise Unreadable(f"no mail that can be written down: {error!r}") from error
    InboundMail.objects.take_in(sender=mail.envelope_sender or "", recipients=to, raw=raw)
    return "a mail, stored"


def _note(call: ProviderCall, event: Any) -> str:
    """What became of one mail of ours, once."""
    state, token = _STATES.get(event.event_type), _token(event)
    if state is None:
        return f"{event.event_type}: nothing to note"
    if token is None:
        return f"{event.event_type}: not about a mail of ours"
    with employer_scope(token.employer_id):
        message = Message.objects.filter(pk=token.message_id).first()
        if message is None:
            return f"{event.event_type}: about a mail that is not here any more"
        at = min(event.timestamp or call.received_at, clock.now())
        if message.deliveries.filter(source=WEBHOOK, state=state, at=at).exists():
            return f"{event.event_type}: known"
        evidence = _evidence(call, event)
        moved = message.settle(state, source=WEBHOOK, evidence=evidence, at=at)
        if event.event_type == EventType.COMPLAINED:
            Suppression.objects.suppress(message.to_address, COMPLAINED, by=call.provider)
    return f"{state} noted" if moved else f"{state}, nothing new"


def _token(event: Any) -> Token | None:
    """Ours came back as it went out: as a word that goes with the mail, or as a tag."""
    words = [(event.metadata or {}).get(TOKEN), *(event.tags or [])]
    found = (read_token(word) for word in words if isinstance(word, str))
    return next((token for token in found if token and token.purpose == BOUNCE), None)


def _evidence(call: ProviderCall, event: Any) -> str:
    """In the provider's words, and the beginning of the call; the whole of it is stored."""
    said = (event.event_type, event.reject_reason, event.description, event.mta_response)
    raw = json.dumps(event.esp_event, default=str)[:1000]
    words = dict.fromkeys(str(word) for word in said if word)
    return f"{call.provider}: {' · '.join(words)}\n{raw}".replace("\0", "")
