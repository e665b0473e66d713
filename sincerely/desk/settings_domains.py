"""The employer's own mail domains: by them colleagues without a login are known."""

from __future__ import annotations

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.accounts.models import Employer
from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring.house import mail_domains, set_mail_domains
from sincerely.kernel.email_address import PROVIDERS, NotAnAddress, read_address

MOST = 50


class DomainsForm(forms.Form):
    use_required_attribute = False
    domains = forms.CharField(
        label="Your mail domains",
        required=False,
        max_length=3_000,
        help_text="One a line, such as st-brigid.example. Only domains of which every address "
        "belongs to one of you.",
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
    )

    @classmethod
    def of(cls, employer: Employer) -> DomainsForm:
        return cls(initial={"domains": "\n".join(mail_domains(employer))})

    def clean_domains(self) -> list[str]:
        words = re.split(r"[\s,;]+", self.cleaned_data["domains"].strip())
        domains = sorted({_domain(word) for word in words if word})
        if len(domains) > MOST:
            raise ValidationError(f"These are {len(domains)} domains; {MOST} fit.")
        return domains


@desk_view(admin=True)
def domains(request: DeskRequest) -> HttpResponse:
    form = DomainsForm.of(request.employer)
    if request.method == "POST":
        form = DomainsForm(request.POST)
        if form.is_valid():
            wanted = form.cleaned_data["domains"]
            set_mail_domains(request.employer, wanted, by=request.user)
            messages.success(request, "Saved.")
            return redirect("desk:settings_members", employer=request.employer.slug)
    return render(request, "desk/settings/domains_page.html", {"form": form, "at": "members"})


def _domain(word: str) -> str:
    """`@St-Brigid.example` as `st-brigid.example`."""
    name = word.rpartition("@")[2]
    try:
        domain = read_address(f"somebody@{name}").rpartition("@")[2]
    except NotAnAddress as error:
        said = f"“{word[:60]}” is not the name of a domain, such as st-brigid.example."
        raise ValidationError(said) from error
    if domain in PROVIDERS:
        raise ValidationError(f"Anybody can have an address at {domain}, so it cannot be yours.")
    return domain
