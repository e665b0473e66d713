from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.kernel.email_address import (
    PROVIDERS,
    NotAnAddress,
    is_one_slip_apart,
    likely_meant,
    read_address,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@gmai.com", "jo@gmail.com"),
        ("jo@gmaill.com", "jo@gmail.com"),
        ("jo@gmail.con", "jo@gmail.com"),
        ("jo@gmial.con", "jo@gmail.com"),
        ("jo@gnail.com", "jo@gmail.com"),
        ("jo@gmail.co", "jo@gmail.com"),
        ("jo@hotnail.com", "jo@hotmail.com"),
        ("jo@yaho.com", "jo@yahoo.com"),
        ("jo@outlok.com", "jo@outlook.com"),
        ("jo@example.con", "jo@example.com"),
    ],
)
def test_a_slip_is_recognised(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "address",
    [
        "jo@mail.com",
        "jo@ymail.com",
        "jo@gmx.de",
        "jo@example.org",
        "jo@bluespoon.example",
        "jo@gmx.us",
    ],
)
def test_what_may_well_be_right_is_not_doubted(address: str) -> None:
    assert likely_meant(address) == ""


def test_no_provider_is_taken_for_another() -> None:
    assert [name for name in PROVIDERS if likely_meant(f"jo@{name}")] == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Jo@Example.ORG", "jo@example.org"),
        ("mailto:jo@example.org", "jo@example.org"),
        ("<jo@example.org>", "jo@example.org"),
        ("jo@example.org.", "jo@example.org"),
        ("jo+a.b@example.org", "jo+a.b@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("jö@example.org", "jö@example.org"),
        ("jo@straße-münchen.example", "jo@strasse-münchen.example"),
        ("jo@例え.jp", "jo@例え.jp"),
    ],
)
def test_an_address_is_read(typed: str, address: str) -> None:
    assert read_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("jo", "has an @"),
        ("jo@", "Something is missing"),
        ("@example.org", "Something is missing"),
        ("jo@example", "needs an ending"),
        ("jo@example.1", "not the name of a domain"),
        ("jo@-a.example", "not the name of a domain"),
        ("jo@a..example", "not the name of a domain"),
        ("jo@a@example.org", "more than one @"),
        ("jo smith@example.org", "a space"),
        ("jo..s@example.org", "not one that mail can be sent to"),
        ("jo,ann@example.org", "not one that mail can be sent to"),
        ("j" * 65 + "@example.org", "longer than 64"),
        ("jo@" + ".".join(["a" * 60] * 5) + ".example", "longer than an address"),
    ],
)
def test_what_is_missing_is_said(typed: str, says: str) -> None:
    with pytest.raises(NotAnAddress, match=says):
        read_address(typed)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = read_address(text)
    except NotAnAddress:
        return
    assert read_address(address) == address


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_one_slip_apart_is_mutual(one: str, other: str) -> None:
    assert is_one_slip_apart(one, other) == is_one_slip_apart(other, one)
