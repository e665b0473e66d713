"""A likely slip in an e-mail address is neither refused nor let pass unseen: it is asked about."""

from __future__ import annotations

from django import forms

from sincerely.kernel.email_address import likely_meant


def ask_back(form: forms.Form, name: str, address: str, *, why: str) -> str:
    """The address after asking back, for `clean`.

    A likely slip adds the field `<name>_meant` to the form, after the field `name`, with both
    readings to choose from; `why` is what is said until one is chosen.
    """
    suggestion = likely_meant(address)
    if not suggestion:
        return address
    question = f"{name}_meant"
    answer = form.data.get(question)
    form.fields[question] = forms.ChoiceField(
        label=f"Did you mean {suggestion}?",
        choices=[(suggestion, f"Yes, {suggestion}"), (address, f"No, {address} is right")],
        widget=forms.RadioSelect,
    )
    order = list(form.fields)
    order.insert(order.index(name) + 1, order.pop())
    form.order_fields(order)
    if answer not in {suggestion, address}:
        form.add_error(question, why)
    return suggestion if answer == suggestion else address
