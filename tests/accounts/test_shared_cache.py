from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from sincerely.accounts.models import CacheEntry
from sincerely.accounts.shared_cache import forget_expired

pytestmark = pytest.mark.django_db


def test_what_is_set_is_found_until_its_time_is_over() -> None:
    cache.set("tries", [1.5, 2.0], timeout=60)
    assert cache.get("tries") == [1.5, 2.0]
    cache.set("tries", [1.5], timeout=-1)
    assert cache.get("tries", "none") == "none"


def test_a_key_is_added_once_and_again_after_its_time() -> None:
    assert cache.add("code", "used", timeout=60)
    assert not cache.add("code", "again", timeout=60)
    assert cache.get("code") == "used"
    cache.touch("code", timeout=-1)
    assert cache.add("code", "later", timeout=60)


def test_what_is_deleted_is_gone() -> None:
    cache.set("code", 1)
    assert cache.delete("code")
    assert not cache.delete("code")
    assert cache.get("code") is None


def test_an_entry_without_an_end_stays() -> None:
    cache.set("for ever", 1, timeout=None)
    cache.set("over", 1, timeout=-1)
    assert forget_expired() == 1
    assert cache.get("for ever") == 1
    assert CacheEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_that_add_one_key_at_once_one_succeeds() -> None:
    def add(number: int) -> bool:
        try:
            return cache.add("the same", number, timeout=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 1
