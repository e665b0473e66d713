from __future__ import annotations

from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, CannotDo, Job, PhoneLine
from sincerely.hiring.phone_line import employer_called, line_of, number_to_call, set_up_line
from sincerely.hiring.slip import slip_of
from sincerely.kernel.models import Event

NUMBER, READ = "+12125550142", "+1 212-555-0142"


def set_up(employer: Employer, *, is_on: bool = True, number: str = NUMBER) -> Employer:
    with employer.scope():
        set_up_line(employer, number=number, greeting="", is_on=is_on, by="Ada")
    return Employer.objects.get(pk=employer.pk)


def test_nobody_has_a_line_before_it_is_set_up(at_diner: Employer) -> None:
    assert not line_of(at_diner).is_on
    assert number_to_call(at_diner) == ""
    assert employer_called(NUMBER) is None


def test_a_line_is_called_only_while_it_is_on(diner: Employer) -> None:
    assert number_to_call(set_up(diner)) == READ
    assert employer_called(NUMBER) == diner
    assert number_to_call(set_up(diner, is_on=False)) == ""


def test_a_line_cannot_be_on_without_a_number(diner: Employer) -> None:
    with pytest.raises(CannotDo):
        set_up(diner, number="")
    with diner.scope():
        assert not PhoneLine.objects.exists()


def test_who_changed_it_is_on_record(diner: Employer) -> None:
    set_up(diner)
    with diner.scope():
        event = Event.objects.get(kind="phone_line_changed")
    assert event.by == "Ada"
    assert event.data["number"] == NUMBER


def test_receipt_and_slip_name_it_and_what_it_asks_for(
    diner: Employer, cook: Job, apply: Callable[..., Application]
) -> None:
    before = apply(cook, email="lee@example.org")
    cook.employer = set_up(diner)
    after = apply(cook)
    with diner.scope():
        assert "by phone" not in receipt_of(before)
        assert f"The same by phone, at any hour: {READ}." in receipt_of(after)
        assert slip_of(Application.objects.for_page().get(pk=after.pk)).phone_line == READ


def receipt_of(application: Application) -> str:
    receipt = application.receipt
    assert receipt
    return str(receipt.text)
