"""The form sent many times at the same moment, in transactions that really compete."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from sincerely.hiring.models import Candidate
from sincerely.kernel.ids import uuid7
from tests.careers.conftest import applications, resume

Send = Callable[..., HttpResponse]


def fifty_at_once(one: Callable[[int], int]) -> set[int]:
    def in_a_thread(number: int) -> int:
        try:
            return one(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(in_a_thread, range(50)))


@pytest.mark.django_db(transaction=True)
def test_the_same_form_fifty_times_at_once_is_one_application(send: Send, diner: Employer) -> None:
    key = str(uuid7())
    answers = fifty_at_once(
        lambda _: send(client=Client(), form_key=key, resume=resume()).status_code
    )
    assert answers == {303}
    (jo,) = applications(diner)
    with diner.scope():
        assert [message.kind for message in jo.messages()] == ["receipt"]
        assert Document.objects.count() == 1
        assert Candidate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_are_fifty_applications(send: Send, diner: Employer) -> None:
    answers = fifty_at_once(
        lambda number: (
            send(
                client=Client(),
                email=f"jo{number}@example.org",
                # Words that nobody had before, in either order: no two wait for each other.
                name="Ana Bell" if number % 2 else "Bell Ana",
            ).status_code
        )
    )
    assert answers == {303}
    arrived = applications(diner)
    assert len({each.reference for each in arrived}) == 50
    assert len({each.email for each in arrived}) == 50
