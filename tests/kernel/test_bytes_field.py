from __future__ import annotations

from django.db import models

from sincerely.kernel.bytes_field import BytesField


def test_bytes_go_in_with_the_usual_placeholder_so_that_many_rows_are_one_array() -> None:
    assert hasattr(models.BinaryField(), "get_placeholder")
    assert not hasattr(BytesField(), "get_placeholder")


def test_migrations_know_it_as_djangos_own_field() -> None:
    assert BytesField().deconstruct() == models.BinaryField().deconstruct()
