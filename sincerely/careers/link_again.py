"""“Send me my link again”: always answered alike, by a mail to the address that we have."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.accounts.models import Employer
from sincerely.careers.access import PublicRequest, employer_view
from sincerely.careers.limits import count_link
from sincerely.hiring.link_again import ask_for_links, reference_in
from sincerely.kernel.email_address import NotAnAddress, read_address
from sincerely.kernel.limits import TooMany


class LinkForm(forms.Form):
    """An e-mail address or a reference number; without an employer only the number."""

    use_required_attribute = False
    wanted = forms.CharField(
        label="Your e-mail address, or your reference number",
        help_text="The address that you applied with. The reference has ten digits.",
        error_messages={"required": "Please write one of the two."},
        widget=forms.TextInput({"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, employer: Employer | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        self.email = self.reference = ""
        if employer is None:
            field = self.fields["wanted"]
            field.label, field.help_text = "Your reference number", "Ten digits, from your receipt."
            field.widget.attrs["autocomplete"] = "off"

    def clean_wanted(self) -> str:
        wanted: str = self.cleaned_data["wanted"]
        self.reference = reference_in(wanted)
        if self.reference:
            return self.reference
        if self.employer is None:
            raise ValidationError("A reference number has ten digits, such as 4821 553 907.")
        try:
            self.email = read_address(wanted)
        except NotAnAddress as error:
            raise ValidationError(f"{error} A reference number has ten digits.") from error
        return self.email


# No CSRF token: nobody is signed in, and the mail goes to the address that we have anyway.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@employer_view
def link_again(request: PublicRequest) -> HttpResponse:
    return _answer(request, request.employer)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def link_again_anywhere(request: PublicRequest) -> HttpResponse:
    """For who has a reference number and does not know where to begin."""
    return _answer(request, None)


def bad_link(request: Any, token: str) -> HttpResponse:
    """404 for a damaged link, with the way to a fresh one."""
    employer = _employer_in(token)
    request.employer = employer
    context = {"form": LinkForm(employer), "employer": employer}
    return render(request, "careers/bad_link.html", context, status=404)


def _answer(request: PublicRequest, employer: Employer | None) -> HttpResponse:
    form = LinkForm(employer, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "employer": employer}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "careers/link_again.html", context, status=status)
    try:
        count_link(request, form.reference or form.email)
    except TooMany as limit:
        context["free_at"] = limit.free_at
        return render(request, "careers/link_again.html", context, status=429)
    ask_for_links(
        employer_id=employer.pk if employer else None,
        email=form.email,
        reference=form.reference,
    )
    return render(request, "careers/link_asked.html", context)


def _employer_in(token: str) -> Employer | None:
    """The employer that a damaged token names, unproven: good enough to say whose form to show."""
    try:
        key = base64.urlsafe_b64decode(token[:24].encode())
        return Employer.objects.filter(pk=UUID(bytes=key[:16])).first()
    except (binascii.Error, ValueError):
        return None
