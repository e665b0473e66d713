"""The form of a contact policy: for all jobs, or for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html

from sincerely.hiring import contact_setup
from sincerely.hiring.contact_setup import AS_EMPLOYER
from sincerely.kernel.text import one_line

_HOURS = "One stretch a line, such as Mon-Fri 9:00-17:00."
_TYPED = ("contact_name", "phone", "walk_in_place")


def _explained(choices: Iterable[tuple[str, str, str]]) -> list[tuple[str, Any]]:
    """Choices with a second line that says what each comes to."""
    return [
        (value, format_html('<b>{}</b> <span class="soft small">{}</span>', label, text))
        for value, label, text in choices
    ]


def _lines() -> forms.Textarea:
    return forms.Textarea({"rows": 2, "class": "lines-few"})


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ContactForm(forms.Form):
    use_required_attribute = False
    stance = forms.ChoiceField(
        label="How may people ask how their application stands?",
        choices=_explained(contact_setup.STANCES),
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
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    phone_hours = forms.CharField(
        label="When the phone is answered",
        required=False,
        max_length=500,
        help_text=_HOURS,
        widget=_lines(),
    )
    walk_in_place = forms.CharField(
        label="Where people may come in unasked",
        max_length=200,
        required=False,
        help_text="Only if you mean it. Empty: people are asked not to drop in.",
    )
    walk_in_hours = forms.CharField(
        label="When they may come in",
        required=False,
        max_length=500,
        help_text=_HOURS,
        widget=_lines(),
    )
    culture = forms.ChoiceField(
        label="How is boldness seen in this trade?",
        choices=_explained(contact_setup.CULTURES),
        widget=forms.RadioSelect,
    )
    begins = forms.DateField(
        label="First day", required=False, widget=_day(), help_text="Empty: from now on."
    )
    ends = forms.DateField(
        label="Last day", required=False, widget=_day(), help_text="Empty: no end."
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        return given | {name: one_line(given[name]) for name in _TYPED if name in given}


class JobContactForm(ContactForm):
    """As for the whole employer, or a policy of the job's own."""

    policy_of = forms.ChoiceField(
        label="Which policy holds for this job?",
        choices=_explained(contact_setup.POLICY_OF),
        widget=forms.RadioSelect,
    )
    field_order = ("policy_of",)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("policy_of") == AS_EMPLOYER:
            # What else was typed counts for nothing then, so it need not be right.
            for name in set(self.errors) - {"begins", "ends"}:
                del self.errors[name]
        return given
