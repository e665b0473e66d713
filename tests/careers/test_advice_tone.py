from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.careers.conftest import text_of
from tests.careers.inquiries import SENT

pytestmark = pytest.mark.usefixtures("thursday")


def check(visitor: Client, text: str, kind: str = "email", **headers: str) -> HttpResponse:
    form = {"text": text, "kind": kind}
    return visitor.post("/advice/tone/?" + urlencode(SENT), form, headers=headers)


def test_flagged_words_are_marked_with_the_rule_and_why(visitor: Client) -> None:
    page = text_of(check(visitor, "I am the perfect fit. <b>When can we meet?</b>"))
    assert "<mark>perfect fit</mark>" in page
    assert "&lt;b&gt;<mark>When can we meet</mark>" in page
    assert "Do not sell yourself" in page
    assert "2 things to look at" in page
    assert "sent=sent" in page


def test_an_answer_to_htmx_is_the_box_alone(visitor: Client) -> None:
    page = text_of(check(visitor, "Hello", **{"HX-Request": "true"}))
    assert page.startswith('<section class="stack tone')
    assert "It sounds fine." in page


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "no text yet"), (" \n\x00 ", "no text yet"), ("x" * 100_000, "100,000 characters")],
)
def test_a_text_that_cannot_be_checked_says_why_and_stays(
    text: str, says: str, visitor: Client
) -> None:
    page = check(visitor, text)
    assert page.status_code == 422
    assert says in text_of(page)
    assert text.strip(" \n\x00") in text_of(page)


def test_a_text_in_another_language_and_with_emoji_is_read(visitor: Client) -> None:
    for text in ("مرحبا، هل الوظيفة متاحة؟", "Hello 🍕", "a\r\nb"):
        assert "It sounds fine." in text_of(check(visitor, text))


def test_the_box_stands_alone_too_and_a_get_checks_nothing(visitor: Client) -> None:
    page = visitor.get("/advice/tone/", {"text": "perfect fit"})
    assert page.status_code == 200
    assert "<mark>" not in text_of(page)
    assert not page.cookies
