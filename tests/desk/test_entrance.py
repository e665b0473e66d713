from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity, Membership, Role
from tests.desk.conftest import signed_in, text_of


def test_a_member_of_one_employer_is_led_to_its_desk(at_rosas_desk: Client) -> None:
    assert at_rosas_desk.get("/desk/")["Location"] == "/desk/blue-spoon/"


def test_a_member_of_two_chooses(rosa: Identity, hospital: Employer) -> None:
    Membership.objects.create(employer=hospital, identity=rosa, role=Role.HIRING_MANAGER)
    page = text_of(signed_in(rosa).get("/desk/"))
    assert "/desk/blue-spoon/" in page
    assert "/desk/st-brigid/" in page


@pytest.mark.django_db
def test_who_belongs_nowhere_is_told_how_to_get_in() -> None:
    nobody = Identity.objects.create_user("nobody@example.org", name="Nobody")
    assert "You have no desk yet." in text_of(signed_in(nobody).get("/desk/"))


def test_an_operator_who_is_a_member_chooses(rosa: Identity) -> None:
    rosa.is_operator = True
    rosa.save()
    page = text_of(signed_in(rosa).get("/desk/"))
    assert "/desk/blue-spoon/" in page
    assert "/operator/" in page
