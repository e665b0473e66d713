"""A caller whom nobody can find, or who cannot prove who they are: the status link goes to the
address that we have, which is neither read out nor confirmed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sincerely.accounts.models import Employer
from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.call_card import answer, done, is_alone
from sincerely.desk.going_back import address_of
from sincerely.hiring.link_again import ask_for_links, reference_in, send_link
from sincerely.kernel.email_address import NotAnAddress, read_address
from sincerely.kernel.limits import Limit, TooMany, count_use
from sincerely.kernel.phone_number import NotANumber, read_phone

HOUR = dt.timedelta(hours=1)
# Whoever talks a recruiter into it shall not fill a mailbox.
BY_ONE = Limit("desk-links-by", most=60, per=HOUR)
TO_ONE = Limit("desk-links-to", most=5, per=HOUR)


class WantedForm(forms.Form):
    """An e-mail address, a reference, or a phone number. Ten digits may be either of the last."""

    use_required_attribute = False
    wanted = forms.CharField(
        max_length=300,
        label="Their e-mail address, reference or phone number",
        error_messages={"required": "Write down one of the three."},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "data-focus": ""}),
    )

    def __init__(self, employer: Employer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        self.by: dict[str, str] = {}

    def clean_wanted(self) -> str:
        wanted: str = self.cleaned_data["wanted"]
        self.by = self._read(wanted)
        return wanted

    def _read(self, wanted: str) -> dict[str, str]:
        if "@" in wanted:
            return {"email": _or_invalid(lambda: read_address(wanted))}
        if not re.search(r"\d{3}", re.sub(r"\W", "", wanted)):
            raise ValidationError("A name is not enough: many people share one.")
        reference = reference_in(wanted)
        try:
            phone = read_phone(wanted, self.employer.country)
        except NotANumber:
            if not reference:
                raise ValidationError(
                    "A reference has ten digits, and a phone number its area code."
                ) from None
            phone = ""
        return {"reference": reference, "phone": phone}


@desk_view()
def link_for_caller(request: DeskRequest) -> HttpResponse:
    """For a caller whom nobody can find. The answer tells nothing of whether we know them."""
    if request.method != "POST":
        scrap = request.GET.get("q", "").strip()
        likely = scrap if re.search(r"@|\d{3}", scrap) else ""
        return _panel(request, WantedForm(request.employer, initial={"wanted": likely}))
    form = WantedForm(request.employer, request.POST)
    if not form.is_valid():
        return _panel(request, form)
    try:
        _count(request, form.cleaned_data["wanted"])
    except TooMany as limit:
        form.add_error("wanted", _too_often(limit))
        return _panel(request, form)
    ask_for_links(employer_id=request.employer.pk, asked_by=request.user.pk, **form.by)
    return _panel(request, WantedForm(request.employer), asked=True)


@desk_view()
def link_to_applicant(request: DeskRequest, reference: str) -> HttpResponse:
    """For a caller who was found and cannot prove who they are."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(address_of("call_card", request, reference))
    try:
        _count(request, reference)
    except TooMany as limit:
        return answer(request, application, trouble=_too_often(limit))
    if send_link(application, by=request.user):
        return done(request, application, "The link is on its way to the address we have.")
    why = "was sent moments ago" if application.email else "cannot be sent: there is no address"
    return done(request, application, f"The link {why}.")


def _or_invalid(read: Any) -> str:
    try:
        return str(read())
    except NotAnAddress as error:
        raise ValidationError(str(error)) from error


def _count(request: DeskRequest, wanted: str) -> None:
    """Raises TooMany; counted for whatever was wanted, whether we know it or not."""
    signs = re.sub(r"\W", "", wanted.lower())[:100]
    count_use({BY_ONE: request.user.pk.hex, TO_ONE: f"{request.employer.pk.hex}:{signs}"})


def _too_often(limit: TooMany) -> str:
    until = timezone.localtime(limit.free_at)
    return f"This was asked too often within an hour. It works again from {until:%H:%M} on."


def _panel(request: DeskRequest, form: WantedForm, *, asked: bool = False) -> HttpResponse:
    template = "desk/call/unknown.html" if request.htmx else "desk/call/unknown_page.html"
    alone = is_alone(request, request.path)
    return render(request, template, {"form": form, "asked": asked, "alone": alone})
