"""Which addresses are ours, and what each is for."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from sincerely.outbox.token import BOUNCE, Token, read_token
from sincerely.reading.envelope import read_envelope


def token_in(addresses: Iterable[str]) -> Token | None:
    """The token that one of the addresses carries; one for an answer before one for a report."""
    found = [token for each in addresses if (token := read_token(each.partition("@")[0]))]
    return min(found, key=lambda token: token.purpose == BOUNCE, default=None)


def is_ours(address: str) -> bool:
    """Whether mail to it is for us to read, as far as its look tells."""
    place, _, domain = address.lower().rpartition("@")
    ours = {settings.BOUNCE_DOMAIN, settings.REPLY_DOMAIN, settings.APPLY_DOMAIN} - {""}
    return domain in ours or is_for_support(address) or read_token(place) is not None


def is_for_support(address: str) -> bool:
    return address.lower() == settings.SUPPORT_EMAIL.lower()


def envelope_of(raw: bytes) -> tuple[str, list[str]]:
    """Sender and recipients of a mail that came without its envelope.

    What a mail server noted goes before what the sender wrote, and what is ours before the name of
    the mailbox into which several addresses lead.
    """
    told = read_envelope(raw)
    for addresses in (told.traced, told.written):
        if ours := [address for address in addresses if is_ours(address)]:
            return told.sender, ours
    return told.sender, list(told.traced or told.written)
