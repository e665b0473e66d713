"""`/phone/`: a telephone in the page, for the demo alone. It drives the same webhook as a real one.

What the call has said so far travels in the page, signed; nothing is kept here.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sincerely.accounts.models import Employer
from sincerely.hiring.models import LineNumber
from sincerely.inbound.voice.spoken import can_speak
from sincerely.inbound.voice.telephone import Telephone
from sincerely.kernel.phone_number import readable
from sincerely.operator.phone_calls import (
    NobodyAnswers,
    kept,
    leave,
    new_call,
    recorded,
    resumed,
    tries,
)
from sincerely.operator.sink_views import in_demo_only

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")
LONGEST_MESSAGE = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
@in_demo_only
def phone(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"keys": KEYS, "tries": tries(), "speaks": can_speak()}
    context["numbers"] = _numbers()
    if request.method == "POST":
        try:
            context |= _call(request)
        except signing.BadSignature:
            return redirect("demo_phone")
        except NobodyAnswers as error:
            context["trouble"] = str(error)
    return render(request, "operator/phone.html", context)


@require_safe
@in_demo_only
def recording(request: HttpRequest, *, name: str) -> HttpResponse:
    """What the worker fetches, as from a phone company."""
    sound = recorded(name)
    if sound is None:
        raise Http404
    return HttpResponse(sound, content_type="audio/wav")


def _numbers() -> list[tuple[str, str, str]]:
    """Each as it is dialled and as it is written, with whose it is."""
    names = dict(Employer.objects.values_list("pk", "name"))
    rows = LineNumber.objects.order_by("number")
    return [(row.number, readable(row.number), names[row.employer_key]) for row in rows]


def _call(request: HttpRequest) -> dict[str, Any]:
    """Do what was pressed, and show where the call is then."""
    given, port = request.POST, request.META["SERVER_PORT"]
    if "dial" in given:
        call, typed, before = new_call(given["dial"][:20], port), "", 0
    else:
        call = resumed(given.get("call", ""), port)
        before = len(call.heard)
        typed = _do(call, given, port)
    return {
        "call": call,
        "number": readable(call.number),
        "state": kept(call),
        "typed": typed,
        "before": call.heard[:before],
        "now": call.heard[before:],
    }


def _do(call: Telephone, given: Any, port: str) -> str:
    """Returns the keys that were pressed and not sent yet."""
    text = given.get("text", "")[:LONGEST_MESSAGE]
    if "hang_up" in given:
        if call.waits_for == "voice":
            leave(call, text, port, hangs_up=True)
        call.hang_up()
    elif "silence" in given:
        call.stay_silent()
    elif call.waits_for == "voice":
        leave(call, text, port)
    elif call.waits_for == "keys":
        return _press(call, given)
    return ""


def _press(call: Telephone, given: Any) -> str:
    typed = "".join(sign for sign in given.get("typed", "") if sign in KEYS)[:20]
    typed += given.get("key", "")[:1]
    enough = int((call.waiting or {})["numDigits"])
    if len(typed) < enough and "#" not in typed and "key" in given:
        return typed
    if typed:
        call.press(typed)
    return ""
