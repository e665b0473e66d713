"""Form fields for what people type: cleaned, never cut, and refused in words they can act on."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sincerely.kernel.email_address import NotAnAddress, read_address
from sincerely.kernel.phone_number import NotANumber, read_phone
from sincerely.kernel.text import one_line, some_lines


class LineField(forms.CharField):
    """One line. A text that is too long is refused with both lengths, and stays in its field."""

    clean_text = staticmethod(one_line)

    def __init__(self, *, longest: int, **given: Any) -> None:
        super().__init__(**given)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = self.clean_text(str(value or ""))
        if len(text) > self.longest:
            raise ValidationError(
                f"This can have up to {self.longest} characters; yours has {len(text)}. "
                "Please shorten it.",
                code="max_length",
            )
        return text


class NameField(LineField):
    """A person's name. It goes into mail to others, so it cannot hold an address of a page."""

    def __init__(self, **given: Any) -> None:
        super().__init__(longest=200, **given)

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if re.search(r"://|\bwww\.", name, re.IGNORECASE):
            raise ValidationError("Write a name here, without the address of a page.")
        return name


class LinesField(LineField):
    """Several lines."""

    clean_text = staticmethod(some_lines)
    widget = forms.Textarea(attrs={"rows": 5})


class AddressField(forms.CharField):
    """An e-mail address, in lower case."""

    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        text = one_line(str(value or ""))
        if not text:
            return ""
        try:
            return read_address(text)
        except NotAnAddress as error:
            raise ValidationError(str(error), code="invalid") from error


class PhoneField(forms.CharField):
    """A phone number, as E.164. `country` is set by the form."""

    country = "US"

    def to_python(self, value: Any) -> str:
        text = one_line(str(value or ""))
        if not text:
            return ""
        try:
            return read_phone(text, self.country)
        except NotANumber as error:
            raise ValidationError(str(error), code="invalid") from error
