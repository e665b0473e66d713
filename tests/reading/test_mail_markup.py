from __future__ import annotations

import time

import pytest

from sincerely.reading.mail_markup import words_of_page


def test_what_nobody_sees_is_left_out() -> None:
    page = """<html><head><title>x</title><style>p { color: red }</style></head>
    <body><!-- <b>no</b> --><p>Dear&nbsp;all,</p><p>I cook &amp; bake.<br>Jo</p>
    <script>alert("<p>no")</script></body></html>"""
    assert words_of_page(page) == "Dear all,\n\nI cook & bake.\nJo"


def test_words_survive_what_is_broken() -> None:
    assert words_of_page("a < b and <b>c") == "a < b and c"
    assert words_of_page("<!-- never ends, I cook") == "never ends, I cook"
    assert words_of_page("<ul><li>one<li>two</ul>") == "one\ntwo"
    assert words_of_page("") == ""


@pytest.mark.parametrize(
    "piece", ["&a<!--", "<", "<div>", "<!--", "<script", "&amp", "<a href='", "-->", "<p>\n"]
)
def test_whatever_is_repeated_is_read_in_one_pass(piece: str) -> None:
    began = time.process_time()
    words_of_page(piece * (300_000 // len(piece)))
    assert time.process_time() - began < 1
