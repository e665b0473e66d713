"""The provider's signature on a request: X-Twilio-Signature. Pure.

Base64 of HMAC-SHA1 over the address that was called, followed by name and value of each posted
field in the order of the names (Twilio, "Validating requests"). SHA-1 is theirs; in an HMAC it
holds.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

HEADER = "X-Twilio-Signature"
Fields = Mapping[str, Sequence[str]]


def sign(address: str, fields: Fields, token: str) -> str:
    """The signature of a request; each field with all its values."""
    text = address
    for name in sorted(fields):
        # As the provider's own library reads fields that come more than once.
        text += "".join(name + value for value in sorted(set(fields[name])))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(), "sha1")).decode()


def is_signed(signature: str, address: str, fields: Fields, tokens: Iterable[str]) -> bool:
    """Whether one of the tokens made it; takes as long for a wrong one as for a right one."""
    made = [
        sign(written, fields, token)
        for token in tokens
        if token
        for written in _ways_to_write(address)
    ]
    given = signature.encode()
    return sum(hmac.compare_digest(each.encode(), given) for each in made) > 0


def _ways_to_write(address: str) -> list[str]:
    """With its port and without: providers write the default one, or leave another one out."""
    parts = urlsplit(address)
    if parts.port:
        return [address, re.sub(r":\d+$", "", parts.netloc).join(address.split(parts.netloc, 1))]
    port = 443 if parts.scheme == "https" else 80
    return [address, address.replace(parts.netloc, f"{parts.netloc}:{port}", 1)]
