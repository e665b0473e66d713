"""Telling support what went wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from sincerely.hiring.link_again import reference_in
from sincerely.kernel.asking_back import ask_back
from sincerely.kernel.form_fields import AddressField, LinesField, NameField
from sincerely.kernel.honeypot import refuse_programs
from sincerely.kernel.ids import uuid_of
from sincerely.kernel.text import one_line
from sincerely.support.reporting import Report

LONGEST_TEXT = 5_000


class ReportForm(forms.Form):
    """Who it is, what they did, and what they saw."""

    use_required_attribute = False
    did = LinesField(
        longest=LONGEST_TEXT,
        label="What did you do?",
        help_text="Step by step, in your own words, and about when.",
        error_messages={"required": "Write what you did, so that we can find what happened."},
    )
    saw = LinesField(
        longest=LONGEST_TEXT,
        required=False,
        label="What did you see?",
        help_text="The text of the error, if there was one.",
        widget=forms.Textarea({"rows": 3}),
    )
    name = NameField(
        label="Your name",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that we know whom we answer."},
    )
    email = AddressField(
        label="E-mail",
        help_text="Our answer goes here. Have you applied? Then the address that you used for it.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Write your e-mail address, so that we can answer you."},
    )
    reference = forms.CharField(
        required=False,
        label="Your reference",
        help_text="The ten digits of your receipt, if you have one.",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_reference(self) -> str:
        typed = one_line(self.cleaned_data["reference"])
        if typed and not reference_in(typed):
            raise ValidationError("It has ten digits, such as 4821 553 907. Or leave it out.")
        return reference_in(typed)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        refuse_programs(self)
        if address := given.get("email"):
            why = "Choose one: our answer goes to this address."
            given["email"] = ask_back(self, "email", address, why=why)
        return given

    def report(self, key: UUID) -> Report:
        """What a valid form says; `key` is the form's own. Who goes back and writes something else
        over it sends another report."""
        names = ("name", "email", "did", "saw", "reference")
        said = {name: self.cleaned_data[name] for name in names}
        return Report(id=uuid_of(key, repr(said).encode()), **said)
