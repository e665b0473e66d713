"""E-mail addresses as people type them: what is one, and what was likely meant. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sincerely.kernel.text import one_line

LONGEST = 254  # RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them the brackets
_LONGEST_LOCAL = 64

# Providers that many people use. An address at one of them is never doubted.
PROVIDERS = (
    "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com",
    "aol.com", "live.com", "msn.com", "me.com", "mac.com", "ymail.com", "mail.com", "email.com",
    "gmx.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de",
    "yahoo.co.uk", "hotmail.co.uk", "btinternet.com", "sky.com", "yahoo.ie", "eircom.net",
    "proton.me", "protonmail.com", "pm.me", "fastmail.com", "zoho.com", "hey.com", "tuta.com",
    "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net",
    "charter.net", "rogers.com", "shaw.ca", "yahoo.ca", "bigpond.com", "yahoo.fr", "hotmail.fr",
    "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "hotmail.it", "yahoo.es",
    "hotmail.es", "outlook.es", "yahoo.com.br", "hotmail.de", "outlook.de", "yahoo.de", "live.de",
    "live.co.uk", "live.fr", "live.ca", "live.nl", "ziggo.nl", "wp.pl", "onet.pl", "o2.pl",
    "yandex.ru", "mail.ru", "naver.com", "qq.com", "163.com", "126.com", "rediffmail.com",
)  # fmt: skip
_LIKELIEST = (*PROVIDERS[:8], "proton.me", "protonmail.com", "gmx.de", "web.de", "comcast.net")
_SLIPS_OF_THE_ENDING = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "coom": "com", "vom": "com",
    "xom": "com", "cpm": "com", "clm": "com", "nte": "net", "ner": "net", "ogr": "org",
    "orgg": "org",
}  # fmt: skip

_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"]+")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class NotAnAddress(ValueError):
    """The text says, for the person who typed it, what is missing."""


def read_address(text: str) -> str:
    """The address in lower case, its domain in its own letters; raises NotAnAddress."""
    address = re.sub(r"^mailto:", "", one_line(text), flags=re.IGNORECASE).strip("<> ")
    local, at, domain = address.rpartition("@")
    if not at:
        raise NotAnAddress("An e-mail address has an @ in it, such as jo@example.org.")
    if not local or not domain:
        raise NotAnAddress("Something is missing before or after the @.")
    _require_local(local)
    address = f"{local.lower()}@{_read_domain(domain)}"
    if len(address) > LONGEST:
        raise NotAnAddress(f"This is longer than an address can be ({LONGEST} characters).")
    return address


def likely_meant(address: str) -> str:
    """The address that was likely meant when the domain looks mistyped, else an empty string.

    `jo@gmial.com` → `jo@gmail.com`
    """
    local, _, domain = address.rpartition("@")
    if domain in PROVIDERS:
        return ""
    name, _, ending = domain.rpartition(".")
    if ending in _SLIPS_OF_THE_ENDING:
        corrected = f"{name}.{_SLIPS_OF_THE_ENDING[ending]}"
        return f"{local}@{_nearest(corrected) or corrected}"
    nearest = _nearest(domain)
    return f"{local}@{nearest}" if nearest else ""


def _require_local(local: str) -> None:
    if "@" in local:
        raise NotAnAddress("There is more than one @ in it.")
    if " " in local:
        raise NotAnAddress("There is a space in it.")
    if not _LOCAL.fullmatch(local) or local[0] == "." or local[-1] == "." or ".." in local:
        raise NotAnAddress("The part before the @ is not one that mail can be sent to.")
    if len(local.encode()) > _LONGEST_LOCAL:
        raise NotAnAddress(f"The part before the @ is longer than {_LONGEST_LOCAL} characters.")


def _read_domain(domain: str) -> str:
    """In lower case and NFC; `xn--` labels are written out."""
    domain = unicodedata.normalize("NFC", domain.lower().rstrip("."))
    try:
        ascii_domain = domain.encode("idna").decode()
        written_out = ascii_domain.encode().decode("idna")
    except UnicodeError:
        raise NotAnAddress("The part after the @ is not the name of a domain.") from None
    labels = ascii_domain.split(".")
    if len(labels) < 2:
        raise NotAnAddress("The part after the @ needs an ending, such as .com.")
    if not all(map(_LABEL.fullmatch, labels)) or len(labels[-1]) < 2 or labels[-1].isdigit():
        raise NotAnAddress("The part after the @ is not the name of a domain.")
    return written_out


@lru_cache(maxsize=10_000)
def _nearest(domain: str) -> str:
    """The provider one slip away from it; of several, the likelier."""
    if domain in PROVIDERS:
        return domain
    for provider in (*_LIKELIEST, *PROVIDERS):
        # Short names are near to many real ones: gmx.de, web.de, me.com.
        if len(provider) >= 8 and is_one_slip_apart(domain, provider):
            return provider
    return ""


def is_one_slip_apart(one: str, other: str) -> bool:
    """One letter left out, added, mistaken, or two neighbours swapped (Damerau, 1964)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True  # one is the other and a letter more
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
