from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from tests.careers.conftest import text_of

PAGE = "/e/blue-spoon/responsiveness/"


@pytest.fixture
def public(diner: Employer) -> None:
    Employer.objects.filter(pk=diner.pk).update(publishes_responsiveness=True)


def test_it_is_not_there_unless_the_employer_wants_it(visitor: Client, cook: Job) -> None:
    assert visitor.get(PAGE).status_code == 404
    assert visitor.get("/e/nobody/responsiveness/").status_code == 404
    assert "responsiveness" not in text_of(visitor.get("/e/blue-spoon/"))


@pytest.mark.usefixtures("public")
def test_it_is_linked_from_the_careers_page_and_says_what_it_rests_on(
    visitor: Client, cook: Job
) -> None:
    assert f'href="{PAGE}"' in text_of(visitor.get("/e/blue-spoon/"))
    page = text_of(visitor.get(PAGE))
    assert "0 applications." in page
    assert page.count("Too few so far to say.") == 3


@pytest.mark.usefixtures("public")
def test_a_crowd_is_answered_from_memory(visitor: Client, cook: Job) -> None:
    visitor.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(PAGE)
    assert len(queries) == 1  # the employer


@pytest.mark.usefixtures("public")
def test_it_can_only_be_read(visitor: Client, cook: Job) -> None:
    assert visitor.post(PAGE).status_code == 405
