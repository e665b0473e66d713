from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from sincerely.accounts.models import Employer
from sincerely.hiring.models import LineNumber, PhoneLine
from sincerely.hiring.phone_line import set_up_line


def test_a_number_is_taken_from_who_has_it_and_the_line_is_off(hospital: Employer) -> None:
    with hospital.scope():
        set_up_line(hospital, number="+12125550142", greeting="Hi", is_on=True, by="Mallory")
    call_command("free_number", "+12125550142")
    assert not LineNumber.objects.exists()
    with hospital.scope():
        line = PhoneLine.objects.get()
        assert (line.number, line.greeting, line.is_on) == ("", "Hi", False)


def test_a_number_that_nobody_has_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="No employer has"):
        call_command("free_number", "+12125550142")
