"""Whether the world will believe our mail: SPF, DKIM, DMARC and MX records, as the DNS has them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

import dns.exception
import dns.resolver
from django.conf import settings

from sincerely.outbox.signing import CannotSign, public_key, signing_domain

LIFETIME_SECONDS = 5
# RFC 2606 and RFC 6762: names that no name server knows.
_NOWHERE = re.compile(r"(^|\.)(localhost|local|test|example|invalid|internal)$|^[^.]*$|^[\d.:]+$")


class Offline(Exception):
    """No name server answers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_good` is None for what could not be judged; `text` says what is there, or what to do."""

    about: str
    is_good: bool | None
    text: str


def resolver(server: str = "") -> dns.resolver.Resolver:
    """The machine's own, or one that asks `server` ("127.0.0.1" or "127.0.0.1:5353")."""
    try:
        found = dns.resolver.Resolver(configure=not server)
    except (dns.resolver.NoResolverConfiguration, OSError) as error:
        raise Offline from error
    found.lifetime = LIFETIME_SECONDS
    if server:
        host, _, port = server.rpartition(":") if re.search(r":\d+$", server) else (server, "", "")
        found.nameservers, found.port = [host], int(port or 53)
    return found


def look_up(asked: dns.resolver.Resolver) -> Iterator[Finding]:
    """Every record that our settings call for. Raises Offline."""
    domain = signing_domain()
    if _NOWHERE.search(domain):
        yield Finding(domain, None, "not a name that the world knows; nothing was looked up")
        return
    if settings.EMAIL_PROVIDER:
        yield Finding(settings.EMAIL_PROVIDER, None, "signs and takes bounces by itself; see there")
    else:
        yield _spf(asked, settings.BOUNCE_DOMAIN)
        yield _mx(asked, settings.BOUNCE_DOMAIN, "delivery reports")
        yield _dkim(asked, domain)
    yield _dmarc(asked, domain)
    if settings.REPLY_DOMAIN:
        yield _mx(asked, settings.REPLY_DOMAIN, "answers of applicants")


def _spf(asked: dns.resolver.Resolver, domain: str) -> Finding:
    """Of the envelope's sender, which is what receivers look at (RFC 7208, 2.4)."""
    about = f"SPF of {domain}"
    found = [text for text in _texts(asked, domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return Finding(
            about, False, f'missing. Add to {domain}: TXT "v=spf1 a:YOUR.MAIL.SERVER -all"'
        )
    if len(found) > 1:
        return Finding(
            about, False, f"there are {len(found)}; receivers then believe none. Keep one"
        )
    if re.search(r"(?<![-~?])\+?\ball\b", found[0].lower()):
        return Finding(about, False, f"lets everybody send: {found[0]}. End it with -all")
    return Finding(about, True, found[0])


def _mx(asked: dns.resolver.Resolver, domain: str, what: str) -> Finding:
    about = f"MX of {domain}"
    hosts = [str(record.exchange).rstrip(".") for record in _records(asked, domain, "MX")]
    if not any(hosts):  # "." says that nothing is received there (RFC 7505)
        return Finding(about, False, f"missing: {what} cannot come back to us")
    return Finding(about, True, ", ".join(hosts))


def _dkim(asked: dns.resolver.Resolver, domain: str) -> Finding:
    name = f"{settings.DKIM_SELECTOR}._domainkey.{domain}"
    about = f"DKIM at {name}"
    if not settings.DKIM_KEY_FILE:
        text = "DKIM_KEY_FILE is not set: the mail server behind EMAIL_URL has to sign"
        return Finding(f"DKIM of {domain}", None, text)
    try:
        ours = public_key()
    except CannotSign as error:
        return Finding(about, False, str(error))
    wanted = f'TXT "v=DKIM1; k=rsa; p={base64.b64encode(ours).decode()}"'
    published = [_tags(text).get("p", "") for text in _texts(asked, name)]
    if not published:
        return Finding(about, False, f"missing. Add: {wanted}")
    if ours not in map(_decoded, published):
        return Finding(about, False, f"is of another key. Put in its place: {wanted}")
    return Finding(about, True, "our key")


def _dmarc(asked: dns.resolver.Resolver, domain: str) -> Finding:
    """Of the domain, or of the nearest one above it that has one."""
    about, labels = f"DMARC of {domain}", domain.split(".")
    for first in range(len(labels) - 1):
        name = ".".join(["_dmarc", *labels[first:]])
        for text in _texts(asked, name):
            if _tags(text).get("v", "").upper() == "DMARC1":
                policy = _tags(text).get("p", "").lower()
                known = policy in ("none", "quarantine", "reject")
                return Finding(about, known, text if known else f"says no policy (p=): {text}")
    return Finding(about, False, f'missing. Add to _dmarc.{domain}: TXT "v=DMARC1; p=none"')


def _texts(asked: dns.resolver.Resolver, name: str) -> list[str]:
    found = _records(asked, name, "TXT")
    return [b"".join(record.strings).decode(errors="replace") for record in found]


def _records(asked: dns.resolver.Resolver, name: str, kind: str) -> list:
    try:
        return list(asked.resolve(name, kind))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise Offline from error


def _tags(text: str) -> dict[str, str]:
    """`v=DMARC1; p=none` (RFC 6376, 3.2)."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _decoded(key: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s", "", key))
    except binascii.Error:
        return b""
