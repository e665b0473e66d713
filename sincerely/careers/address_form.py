"""The form with which an applicant gives another address."""

from __future__ import annotations

from django import forms

from sincerely.kernel.form_fields import AddressField


class AddressForm(forms.Form):
    use_required_attribute = False
    email = AddressField(
        label="An address that reaches you",
        help_text="Your receipt goes there again, at once.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Write an address that reaches you."},
    )
