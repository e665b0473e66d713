"""One request of the provider about one call, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sincerely.accounts.models import Employer
from sincerely.inbound.voice.carried import Carried, NotCarried, read_carried
from sincerely.kernel.text import plain_digits

LONGEST_NAME = 64
_CARRIED = "k"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`number` was called, by `caller`; `fields` is what was posted. `carried` is None in the
    first step."""

    employer: Employer
    number: str
    caller: str
    sid: str
    digits: str
    carried: Carried | None
    fields: Any


def read_call(request: HttpRequest, employer: Employer, carried: Carried | None) -> Call:
    fields = request.POST
    return Call(
        employer=employer,
        number=number_called(request, carried),
        caller=fields.get("From", "")[:40] or "withheld",
        sid=_sid(request),
        digits=plain_digits(fields.get("Digits", "")).rstrip("#"),
        carried=carried,
        fields=fields,
    )


def carried_by(request: HttpRequest) -> Carried | None:
    """None in the first step; raises NotCarried for what was carried by another call."""
    text = request.GET.get(_CARRIED, "")
    carried = read_carried(text, _sid(request)) if text else None
    if carried and request.POST.get("To", carried.number) != carried.number:
        raise NotCarried
    return carried


def number_called(request: HttpRequest, carried: Carried | None) -> str:
    """What the provider tells about a recording does not name it any more."""
    return carried.number if carried else request.POST.get("To", "")[:20]


def address(step: str, carried: Carried) -> str:
    """Where the provider goes on, with what the call carries."""
    path = reverse("voice:step", kwargs={"step": step})
    return f"{settings.PUBLIC_URL}{path}?{urlencode({_CARRIED: carried.signed()})}"


def _sid(request: HttpRequest) -> str:
    return request.POST.get("CallSid", "")[:LONGEST_NAME]
