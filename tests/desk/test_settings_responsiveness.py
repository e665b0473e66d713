from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from tests.desk.conftest import signed_in, text_of

SETTINGS = "/desk/blue-spoon/settings/responsiveness/"


@pytest.fixture
def at_adas_desk(ada: Identity) -> Client:
    return signed_in(ada)


def is_public(employer: Employer) -> bool:
    return Employer.objects.get(pk=employer.pk).publishes_responsiveness


def test_ada_sees_what_would_be_read_before_she_publishes_it(
    at_adas_desk: Client, diner: Employer
) -> None:
    page = text_of(at_adas_desk.get(SETTINGS))
    assert "would read" in page
    assert "Told how it ended" in page
    assert not is_public(diner)


def test_ada_publishes_it_and_takes_it_back(at_adas_desk: Client, diner: Employer) -> None:
    answer = at_adas_desk.post(SETTINGS, {"public": "on"}, follow=True)
    assert "Anybody may read it now." in text_of(answer)
    assert is_public(diner)
    assert "Nobody can read it any more." in text_of(at_adas_desk.post(SETTINGS, follow=True))
    assert not is_public(diner)


def test_rosa_cannot(at_rosas_desk: Client, diner: Employer) -> None:
    assert at_rosas_desk.post(SETTINGS, {"public": "on"}).status_code == 404
    assert not is_public(diner)
