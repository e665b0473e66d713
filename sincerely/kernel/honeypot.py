"""The trap of the public forms: a field that people cannot see."""

from __future__ import annotations

from django import forms

HONEYPOT = "website"


def refuse_programs(form: forms.Form) -> None:
    """Ask for one more press of the button where the trap was filled in: nothing is swallowed."""
    if form.data.get(HONEYPOT):
        form.add_error(
            None,
            "A field that people cannot see was filled in, as programs do. It is empty again: "
            "please send the form once more.",
        )
