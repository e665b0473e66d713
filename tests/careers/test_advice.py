from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sincerely.hiring.advice import KEPT
from sincerely.hiring.models import Job
from tests.careers.conftest import text_of
from tests.careers.inquiries import FAILED, SENT, ask, hidden, links, shown, word

pytestmark = pytest.mark.usefixtures("thursday")


# ── One question after the other ─────────────────────────────────────────────────────────────


def test_the_questions_come_one_by_one_until_the_verdict(visitor: Client) -> None:
    given: dict[str, str] = {}
    asked = []
    for _ in range(7):
        page = ask(visitor, given)
        asked.append(hidden(page)["form"])
        assert page.status_code == 200
        given[asked[-1]] = SENT[asked[-1]]
    assert asked == list(SENT)
    assert word(ask(visitor, given)) == "E-mail"


def test_every_form_carries_the_earlier_answers_and_the_way_back(visitor: Client) -> None:
    page = ask(visitor, sent="sent", day="2026-11-10", employer="Ünïcode & Co", job="Cook")
    kept = {"sent": "sent", "day": "2026-11-10", "employer": "Ünïcode &amp; Co", "job": "Cook"}
    assert hidden(page) == {"form": "news", **kept}
    back = next(link for link in links(page) if "ask=day" in link)
    assert 'value="2026-11-10"' in shown(visitor.get(back))
    assert "Question 2 of 7" in shown(visitor.get(back))


def test_a_step_for_htmx_is_the_step_alone_with_its_clean_address(visitor: Client) -> None:
    answers = {"form": "day", "sent": "sent", "day": "2026-11-10", "junk": "1"}
    page = visitor.get("/advice/", answers, headers={"HX-Request": "true"})
    assert "<html" not in text_of(page)
    assert "<title>Question 3 of 7" in text_of(page)
    assert 'tabindex="-1" autofocus' in text_of(page)
    assert page["HX-Push-Url"] == "/advice/?sent=sent&day=2026-11-10"
    assert "HX-Request" in page["Vary"]


def test_an_answer_can_be_changed_without_losing_the_others(visitor: Client) -> None:
    page = ask(visitor, SENT, ask="news")
    assert "Question 3 of 7" in shown(page)
    assert re.search(r'value="receipt"[^>]* checked', shown(page))
    assert hidden(page) == {"form": "news"} | {k: v for k, v in SENT.items() if k != "news"}
    assert word(ask(visitor, SENT, news="told")) == "No contact"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"sent": "not_yet"}, "Apply first"),
        ({**SENT, "day": "2026-12-01"}, "Not yet"),
        ({**SENT, "says": "call_once"}, "Call"),
        ({**SENT, "says": "walk_in"}, "Walk in"),
        ({**SENT, "news": "told"}, "No contact"),
        (FAILED, "Ask support"),
        ({**FAILED, "support": "none"}, "Try the steps first"),
        ({**FAILED, "support": "none", "steps": "yes"}, "Call"),
        ({**FAILED, "support": "waiting", "steps": "yes"}, "Not yet"),
    ],
)
def test_the_verdict_stands_in_one_line(
    answers: dict[str, str], says: str, visitor: Client
) -> None:
    assert word(ask(visitor, answers)) == says


def test_a_verdict_has_its_date_reasons_sources_and_what_to_avoid(visitor: Client) -> None:
    page = text_of(ask(visitor, SENT, day="2026-12-01"))
    time = '<time datetime="2026-12-08" title="Tuesday, 8 December 2026">Tuesday, 8 December</time>'
    assert f"You may ask from {time}." in page
    assert "Reading applications takes time" in page
    assert "Source: Robert Half survey" in page
    assert "Do not push for an interview" in page


def test_a_draft_can_be_mailed_as_it_stands(visitor: Client) -> None:
    page = ask(visitor, SENT, job="Cook & <waiter>")
    mail = next(link for link in links(page) if link.startswith("mailto:"))
    fields = parse_qs(urlsplit(mail).query)
    assert fields["subject"] == ["My application: Cook & <waiter>"]
    assert fields["body"][0].startswith(
        "Hello,\r\n\r\nI applied for the position of Cook & <waiter>"
    )
    assert 'id="draft">Hello,' in text_of(page)


def test_the_link_keeps_the_answers_that_count_and_nothing_else(visitor: Client) -> None:
    answers = {**SENT, "support": "none", "form": "says", "junk": "1", "job": "Cook"}
    page = text_of(ask(visitor, answers))
    link = unescape(re.search(r'id="advice-link" readonly value="([^"]*)"', page)[1])  # type: ignore[index]
    assert link.startswith("http://testserver/advice/?")
    kept = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert kept == {key: [text] for key, text in {**SENT, "job": "Cook"}.items()}
    assert word(visitor.get(link)) == "E-mail"


def test_the_page_sets_no_cookie_asks_no_statement_and_is_not_kept(visitor: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        for answers in ({}, {"sent": "sent"}, SENT):
            page = ask(visitor, answers)
            assert not page.cookies
            assert "no-store" in page["Cache-Control"]
    assert len(queries) == 0


# ── Bad input ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changed", "heading", "says"),
    [
        ({"sent": "maybe"}, "Did you send your application?", "Pick one of the answers."),
        ({"day": "2026-12-25"}, "On which day was that?", "25 December lies in the future."),
        ({"day": "2026-02-29"}, "On which day was that?", "Write a day of the calendar"),
        ({"day": "0026-11-10"}, "On which day was that?", "is the year right?"),
        ({"asked": "2026-11-01"}, "When did you last ask", "before the day you applied"),
        ({"promised": "2025-01-01"}, "By which day did they say", "before the day you applied"),
        ({"vouch": "<b>"}, "Does someone who works there", "Pick one of the answers."),
        ({"employer": "x" * 100_000}, "Did you send your application?", "This is too long."),
        ({"job": "x" * 201}, "Did you send your application?", "This is too long."),
    ],
)
def test_a_wrong_answer_is_told_at_its_question_and_the_others_are_kept(
    changed: dict[str, str], heading: str, says: str, visitor: Client
) -> None:
    page = ask(visitor, SENT, **changed)
    assert page.status_code == 400
    assert page["HX-Push-Url"] == "false"
    assert heading in shown(page)
    assert says in shown(page)
    kept = {key: text for key, text in SENT.items() if key not in changed and key != "sent"}
    assert kept.items() <= hidden(page).items()


def test_continuing_without_an_answer_asks_for_one(visitor: Client) -> None:
    page = ask(visitor, sent="sent", form="day", day="")
    assert page.status_code == 400
    assert "Write a day of the calendar" in shown(page)
    page = ask(visitor, form="sent")
    assert page.status_code == 400
    assert "Pick one of the answers." in shown(page)


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "مطعم الملعقة", "🍕🍕", 'O\'Brien "&" Sons', "\x00\u202eevil"],
)
def test_a_name_of_any_kind_is_shown_as_text(name: str, visitor: Client) -> None:
    page = ask(visitor, SENT, employer=name, job=name)
    assert page.status_code == 200
    assert "<script>alert" not in text_of(page)
    assert "\u202e" not in text_of(page)
    assert word(page) == "E-mail"


def test_a_query_of_100_kb_is_answered(visitor: Client) -> None:
    for junk in ("day=" + "9" * 100_000, "x" * 100_000, "&".join(["sent=sent"] * 300)):
        assert visitor.get(f"/advice/?{junk}").status_code in (200, 400)


names = st.sampled_from([*KEPT, "ask", "form", "x", "", "sent[]"])
values = st.one_of(
    st.sampled_from([*SENT.values(), "blue-spoon", "blue-spoon/", "none", "all", "failed", "call"]),
    st.dates().map(str),
    st.text(max_size=40),
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(query=st.lists(st.tuples(names, values), max_size=12), htmx=st.booleans())
def test_any_query_string_is_answered(
    query: list[tuple[str, str]], htmx: bool, visitor: Client, cook: Job
) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    query_string = urlencode(query, errors="surrogatepass")
    assert visitor.get(f"/advice/?{query_string}", headers=headers).status_code in (200, 400)
    assert visitor.get(f"/advice/calendar.ics?{query_string}").status_code in (200, 302)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=200))
def test_any_raw_query_is_answered(raw: bytes, visitor: Client) -> None:
    answer = visitor.generic("GET", "/advice/", QUERY_STRING=raw.decode("latin-1"))
    assert answer.status_code in (200, 400)


# ── Where it is found ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/", "/e/blue-spoon/", "/e/blue-spoon/jobs/line-cook/", "/link/"])
def test_every_public_page_leads_to_the_advice(path: str, visitor: Client, cook: Job) -> None:
    assert "/advice/" in links(visitor.get(path))


def test_the_front_page_asks_the_first_question_itself(visitor: Client) -> None:
    page = text_of(visitor.get("/"))
    assert page.index("Should I call about my application?") < page.index(
        "Employers with open jobs"
    )
    assert 'action="/advice/"' in page
    assert 'name="sent" value="not_yet"' in page


def test_whatever_is_typed_the_address_of_the_page_stays_short(visitor: Client) -> None:
    """The server refuses addresses beyond 65,534 bytes before we see them (docs/operations.md)."""
    page = visitor.get("/advice/", {"ask": "sent"}).content.decode()
    longest = max(int(most) for most in re.findall(r'maxlength="(\d+)"', page))
    names = dict.fromkeys(("employer", "job"), "\N{WHITE SMILING FACE}" * longest)
    assert len(urlencode(names)) < 60_000
    answer = visitor.get("/advice/", {"sent": "sent", "form": "sent"} | names)
    assert "This is too long." in answer.content.decode()
    assert max(map(len, re.findall(r'href="(/advice/[^"]*)"', answer.content.decode()))) < 8_000
