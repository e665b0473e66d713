"""Phone numbers as people type them, in the country of the employer. Pure."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from sincerely.kernel.text import one_line


class NotANumber(ValueError):
    """The text says, for the person who typed it, what to change."""


def read_phone(text: str, country: str) -> str:
    """E.164, such as `+4915123456789`; `country` (ISO 3166) is meant where no code is given.

    Raises NotANumber.
    """
    text = one_line(text)
    if re.search(r"[^\W\d_]", re.sub(r"(?i)^tel:", "", text)):
        raise NotANumber(
            f"Please write the number in digits, without letters, such as {example(country)}."
        )
    number = _parse(text, country) or _parse(re.sub(r"^\s*00", "+", text), country)
    if number is None:
        raise NotANumber(
            f"We cannot read this as a phone number. With the country's code it always works, "
            f"such as {example(country)}. You can also leave it empty."
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """`+4915123456789` as `+49 1512 3456789`."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def example(country: str) -> str:
    """A number of that country, with its code."""
    number = phonenumbers.example_number(country) or phonenumbers.parse("+12015550123")
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    # On one line, wherever it stands.
    return re.sub(r"[ -]", "\N{NO-BREAK SPACE}", international)


def _parse(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
