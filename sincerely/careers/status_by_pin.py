"""Reference number and PIN, from a slip, open the same status page as the link in a receipt."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.access import PublicRequest
from sincerely.hiring.link_again import reference_in
from sincerely.hiring.links import brief_token
from sincerely.hiring.pins import WrongPin, check_pin, pin_in
from sincerely.kernel import clock
from sincerely.kernel.limits import TooMany, network

# Alike for a number that does not exist and for a PIN that does not belong to it.
WRONG = (
    "This number and this PIN do not belong together. Look at both again. On a newer slip there is "
    "a newer PIN, and the one before it opens nothing any more."
)
_PLAIN = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}


class PinForm(forms.Form):
    """Afterwards `reference` has ten digits and `pin` six, however they were grouped."""

    use_required_attribute = False
    reference = forms.CharField(
        label="Reference",
        help_text="Ten digits, such as 4821 553 907.",
        widget=forms.TextInput(_PLAIN),
        error_messages={"required": "Write the ten digits of the reference."},
    )
    pin = forms.CharField(
        label="PIN",
        help_text="Six digits, such as 042 917.",
        widget=forms.TextInput(_PLAIN | {"class": "input-narrow"}),
        error_messages={"required": "Write the six digits of the PIN."},
    )

    def clean_reference(self) -> str:
        if reference := reference_in(self.cleaned_data["reference"]):
            return reference
        raise ValidationError("A reference has ten digits, such as 4821 553 907.")

    def clean_pin(self) -> str:
        if pin := pin_in(self.cleaned_data["pin"]):
            return pin
        raise ValidationError("A PIN has six digits, such as 042 917.")


# No CSRF token: nobody is signed in, and who has reference and PIN may see it from any page.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def status_by_pin(request: PublicRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, PinForm())
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        application = check_pin(**form.cleaned_data, caller=network(request))
    except WrongPin:
        form.add_error(None, WRONG)
        return _page(request, form, status=422)
    except TooMany as limit:
        return _too_many(request, form, limit.free_at)
    response = redirect("careers:status", token=brief_token(application))
    response.status_code = 303
    return _closed(response)


def over(request: PublicRequest) -> HttpResponse:
    """The half hour of a page that was opened by PIN has passed."""
    return _page(request, PinForm(), is_over=True, status=410)


def _too_many(request: PublicRequest, form: PinForm, free_at: dt.datetime) -> HttpResponse:
    minutes = math.ceil((free_at - clock.now()).total_seconds() / 60)
    answer = _page(request, form, wait=_in_words(max(minutes, 1)), status=429)
    answer["Retry-After"] = http_date(free_at.timestamp())
    return answer


def _in_words(minutes: int) -> str:
    if minutes <= 90:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{math.ceil(minutes / 60)} hours"


def _page(request: PublicRequest, form: PinForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, **more}
    return _closed(render(request, "careers/status_by_pin.html", context, status=status))


def _closed(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
