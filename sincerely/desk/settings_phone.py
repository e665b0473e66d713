"""The phone line: its number, its greeting, and every word that a caller hears."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring.models import CannotDo, PhoneLine
from sincerely.hiring.models.phone_line import LONGEST_GREETING
from sincerely.hiring.phone_line import line_of, set_up_line
from sincerely.inbound.voice.prompts import greeting, language_of
from sincerely.inbound.voice.spoken import NotSpoken, can_speak, speak
from sincerely.inbound.voice.walk_through import walk_through
from sincerely.kernel.form_fields import LinesField, PhoneField
from sincerely.kernel.limits import Limit, TooMany, count_use
from sincerely.kernel.phone_number import readable

SPOKEN = Limit("voice-preview", most=60, per=dt.timedelta(minutes=5))


class LineForm(forms.Form):
    use_required_attribute = False
    number = PhoneField(
        label="Number",
        required=False,
        help_text="The one that your phone company connects to this line.",
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    greeting = LinesField(
        label="Greeting",
        longest=LONGEST_GREETING,
        required=False,
        help_text="The first thing a caller hears. Say who you are, and that this is the way to "
        "hear where an application stands.",
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    is_on = forms.BooleanField(
        label="The line is on",
        required=False,
        help_text="Then receipts, slips and status pages name its number.",
    )

    def __init__(self, line: PhoneLine, country: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].country = country  # type: ignore[attr-defined]
        number = readable(line.number) if line.number else ""
        self.initial = {"number": number, "greeting": line.greeting, "is_on": line.is_on}
        self.fields["greeting"].widget.attrs["placeholder"] = greeting(line.employer, PhoneLine())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_on") and not given.get("number") and "number" not in self.errors:
            self.add_error("number", "A line that is on needs a number.")
        return given


@desk_view(admin=True)
def phone(request: DeskRequest) -> HttpResponse:
    employer = request.employer
    line = line_of(employer)
    form = LineForm(line, employer.country)
    if request.method == "POST":
        form = LineForm(line, employer.country, request.POST)
        if form.is_valid() and _save(request, form):
            return redirect("desk:settings_phone", employer=employer.slug)
    return render(request, "desk/settings/phone.html", {"form": form, **_page(request, line)})


@desk_view(admin=True)
def preview(request: DeskRequest) -> HttpResponse:
    """What a caller would hear with the greeting that is typed now. Changes nothing."""
    if request.method != "POST":
        return redirect("desk:settings_phone", employer=request.employer.slug)
    typed = request.POST.get("greeting", "")[:LONGEST_GREETING]
    line = PhoneLine(employer=request.employer, greeting=typed)
    is_saved = typed == line_of(request.employer).greeting
    parts = walk_through(request.employer, line, by=request.user)
    context = {"parts": parts, "speaks": can_speak(), "unsaved": not is_saved}
    return render(request, "desk/settings/phone_heard.html", context)


@desk_view(admin=True)
def spoken(request: DeskRequest, part: str) -> HttpResponse:
    """One part of a call, read aloud."""
    employer = request.employer
    parts = walk_through(employer, line_of(employer), by=request.user)
    text = next((each.text for each in parts if each.key == part), None)
    if text is None or not can_speak():
        raise Http404
    try:
        count_use({SPOKEN: request.user.pk.hex})
        sound = speak(text, language_of(employer))
    except (TooMany, NotSpoken) as error:
        raise Http404 from error
    response = HttpResponse(sound, content_type="audio/wav")
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _save(request: DeskRequest, form: LineForm) -> bool:
    """Whether it could be; what stands in the way is said in the form."""
    given, line = form.cleaned_data, line_of(request.employer)
    is_new = given != {name: getattr(line, name) for name in given}
    try:
        if is_new:
            set_up_line(request.employer, **given, by=request.user)
    except CannotDo as refusal:
        form.add_error("number", str(refusal))
        return False
    said = "Saved. The line is on." if given["is_on"] else "Saved. The line is off."
    messages.success(request, said if is_new else "Nothing changed.")
    return True


def _page(request: DeskRequest, line: PhoneLine) -> dict[str, Any]:
    return {
        "line": line,
        "parts": walk_through(request.employer, line, by=request.user),
        "speaks": can_speak(),
        "is_checked": bool(settings.VOICE_AUTH_TOKEN_OF.get(line.number) or _for_all()),
        "webhook": settings.PUBLIC_URL + reverse("voice:begin"),
        "at": "phone",
    }


def _for_all() -> bool:
    return bool(settings.VOICE_AUTH_TOKENS)
