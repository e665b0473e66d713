from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from sincerely.hiring.models import Job
from tests.careers.conftest import text_of
from tests.careers.inquiries import SENT, ask, word

pytestmark = pytest.mark.usefixtures("thursday")


def at_once(response: HttpResponse) -> str:
    found = re.search(r"<noscript>(.*?)</noscript>", text_of(response))
    assert found
    return found[1]


def test_without_scripts_all_questions_stand_in_one_form(visitor: Client) -> None:
    form = at_once(ask(visitor))
    for name in (*SENT, "support", "steps", "employer", "job"):
        assert f'name="{name}"' in form
    assert form.count("<form") == 1


def test_the_one_form_names_every_gap_and_keeps_the_rest(visitor: Client) -> None:
    page = ask(visitor, form="all", sent="sent", day="", promised="", asked="", vouch="no")
    form = at_once(page)
    assert page.status_code == 400
    assert "3 answers need another look" in form
    for question in ("day", "news", "says"):
        assert f'href="#all-{question}"' in form
        assert f'id="all-{question}"' in form
    assert re.search(r'value="no"[^>]* checked', form)


def test_the_one_form_ends_in_the_verdict(visitor: Client) -> None:
    assert (
        word(ask(visitor, SENT, form="all", support="", steps="", employer="", job="")) == "E-mail"
    )


def test_the_one_form_asks_back_which_employer_is_meant(visitor: Client, cook: Job) -> None:
    page = ask(visitor, SENT, form="all", employer="b")
    assert page.status_code == 400
    assert 'href="#all-at">Which one do you mean?</a>' in at_once(page)
    assert 'id="all-at"' in at_once(page)
