from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from sincerely.kernel.ids import uuid7
from sincerely.outbox.token import make_token, read_token
from sincerely.reading.bounce import TOKEN


def test_a_token_fits_a_local_part_and_the_readers_know_its_shape() -> None:
    token = make_token(uuid4(), uuid7())
    assert len(token) == 62
    assert re.fullmatch(r"[a-z2-7]+", token)
    assert TOKEN.fullmatch(token)


@given(st.uuids(), st.uuids())
def test_a_token_gives_back_what_it_was_made_of(employer: object, message: object) -> None:
    token = read_token(make_token(employer, message).upper())  # type: ignore[arg-type]
    assert token is not None
    assert (token.employer_id, token.message_id) == (employer, message)


@given(position=st.integers(1, 60), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_token_is_worth_nothing(position: int, letter: str) -> None:
    token = make_token(uuid4(), uuid7())
    changed = token[:position] + letter + token[position + 1 :]
    assert (read_token(changed) is None) == (changed != token)


@pytest.mark.parametrize(
    "text", ["", "b", "bounces", "b" + "a" * 61, "b" + "1" * 61, "jo@x", "ü" * 62]
)
def test_what_is_no_token_is_none(text: str) -> None:
    assert read_token(text) is None


def test_another_installation_s_token_is_worth_nothing(settings: LazySettings) -> None:
    token = make_token(uuid4(), uuid7())
    settings.SECRET_KEY = "another"
    assert read_token(token) is None
