from __future__ import annotations

import pytest
from django.db import connection, transaction

from sincerely.kernel.commits import do_not_wait_for_disk


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return bool(cursor.fetchone()[0] == "on")


@pytest.mark.django_db(transaction=True)
def test_only_the_transaction_that_says_so_does_not_wait_for_the_disk() -> None:
    with transaction.atomic():
        do_not_wait_for_disk()
        assert not waits()
    assert waits()
