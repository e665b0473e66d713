"""The contact policy: whether, when and how applicants may ask; published, dated, never secret."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring import contact_setup
from sincerely.hiring.contact_setup import PolicyFault

_HOURS = "One stretch a line, such as Mon-Fri 9:00-17:00."


class ContactForm(forms.Form):
    use_required_attribute = False
    stance = forms.ChoiceField(
        label="How may applicants ask about their application?",
        choices=contact_setup.STANCES,
        widget=forms.RadioSelect,
    )
    wait_days = forms.IntegerField(
        label="From how many days after they applied?",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput({"class": "input-narrow"}),
    )
    contact_role = forms.ChoiceField(label="Role", choices=contact_setup.CONTACT_ROLES)
    contact_name = forms.CharField(label="Their name", max_length=100, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    phone = forms.CharField(
        label="Phone",
        max_length=40,
        required=False,
        help_text="Shown only where a call is allowed.",
    )
    phone_hours = forms.CharField(
        label="When the phone is answered",
        required=False,
        max_length=500,
        help_text=_HOURS,
        widget=forms.Textarea({"rows": 2}),
    )
    walk_in_place = forms.CharField(
        label="Where people may come in unasked",
        max_length=200,
        required=False,
        help_text="Only if you mean it. Empty: please do not drop in.",
    )
    walk_in_hours = forms.CharField(
        label="When they may come in",
        required=False,
        max_length=500,
        help_text=_HOURS,
        widget=forms.Textarea({"rows": 2}),
    )
    culture = forms.ChoiceField(label="Culture", choices=contact_setup.CULTURES)


@desk_view(admin=True)
def contact(request: DeskRequest) -> HttpResponse:
    form = ContactForm(initial=contact_setup.fields_of(request.employer))
    if request.method == "POST":
        form = ContactForm(request.POST)
        if form.is_valid() and _changed(request, form):
            return redirect("desk:settings_contact", employer=request.employer.slug)
    context = {
        "form": form,
        "history": contact_setup.history(request.employer),
        "sentences": _said(request, form),
        "at": "contact",
    }
    return render(request, "desk/settings/contact.html", context)


@desk_view(admin=True)
def preview(request: DeskRequest) -> HttpResponse:
    """What applicants would read of what is typed now. Changes nothing."""
    if request.method != "POST":
        return redirect("desk:settings_contact", employer=request.employer.slug)
    context = {"sentences": _said(request, ContactForm(request.POST))}
    return render(request, "desk/settings/contact_words.html", context)


def _changed(request: DeskRequest, form: ContactForm) -> bool:
    try:
        changed = contact_setup.change_policy(request.employer, form.cleaned_data, by=request.user)
    except PolicyFault as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return False
    said = "It holds from now on, for who applies from now on." if changed else "Nothing changed."
    messages.success(request, said)
    return True


def _said(request: DeskRequest, form: ContactForm) -> list[str]:
    """The sentences of what the form holds; empty while it cannot be read."""
    fields: Any = form.initial
    if form.is_bound:
        if not form.is_valid():
            return []
        fields = form.cleaned_data
    try:
        return contact_setup.said_by(request.employer, fields)
    except PolicyFault:
        return []
