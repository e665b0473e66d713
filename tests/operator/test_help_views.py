from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_help_page_names_our_support_and_not_the_employer(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert "mailto:support@" in page
    assert "no need to call the employer" in page


def test_a_code_is_shown_and_goes_into_the_letter(client: Client) -> None:
    page = client.get("/help/k7x-4qd/").content.decode()
    assert page.count("K7X-4QD") == 2


@pytest.mark.parametrize("code", ["x", "<b>", "K7X4QD-K7X4QD", "000-111"])
def test_what_is_no_code_is_not_shown(client: Client, code: str) -> None:
    assert client.get(f"/help/{code}/").status_code == 404
