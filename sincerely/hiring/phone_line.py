"""The phone line of an employer: its number, what it says first, and who is called under which."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models.phone_line import LineNumber, PhoneLine
from sincerely.hiring.refusal import CannotDo
from sincerely.hiring.setup import setup_of
from sincerely.kernel.models import record
from sincerely.kernel.phone_number import readable


def line_of(employer: Employer) -> PhoneLine:
    """As it was set up; switched off where nothing was."""
    return setup_of(employer).phone_line or PhoneLine(employer=employer)


def number_to_call(employer: Employer) -> str:
    """`+1 212-555-0142`, empty while there is no line to call."""
    line = setup_of(employer).phone_line
    return readable(line.number) if line and line.is_on else ""


def in_receipt(employer: Employer) -> str:
    """What a receipt says of the line; empty while there is none."""
    number = number_to_call(employer)
    if not number:
        return ""
    return (
        f"The same by phone, at any hour: {number}. It asks for your reference and for a PIN, "
        "which your status page gives you."
    )


def employer_called(number: str) -> Employer | None:
    """Whose number was called."""
    key = LineNumber.objects.filter(number=number).values_list("employer_key", flat=True).first()
    return Employer.objects.filter(pk=key).first() if key else None


def set_up_line(
    employer: Employer, *, number: str, greeting: str, is_on: bool, by: Any
) -> PhoneLine:
    """Change the line; `number` is E.164 or empty. Raises CannotDo for a number that another
    employer has, and for a line that is on without one."""
    if is_on and not number:
        raise CannotDo("A line that is on needs a number.")
    with transaction.atomic():
        line: PhoneLine = PhoneLine.objects.select_for_update().first() or PhoneLine(
            employer=employer
        )
        if number != line.number:
            _claim(employer, number)
        line.number, line.greeting, line.is_on = number, greeting, is_on
        line.save()
        data = {"number": number, "greeting": greeting, "is_on": is_on}
        record("phone_line_changed", employer, by=by, data=data)
    return line


def free_number(number: str) -> bool:
    """Take a number from whoever has it: the host's way to settle a quarrel. Says whether anybody
    had it."""
    employer = employer_called(number)
    if employer is None:
        return False
    with employer.scope():
        line = line_of(employer)
        set_up_line(employer, number="", greeting=line.greeting, is_on=False, by="the host")
    return True


def _claim(employer: Employer, number: str) -> None:
    LineNumber.objects.filter(employer_key=employer.pk).delete()
    if not number:
        return
    row, _ = LineNumber.objects.get_or_create(number=number, defaults={"employer_key": employer.pk})
    if row.employer_key != employer.pk:
        raise CannotDo("Another employer has this number. If it is yours, tell support.")
