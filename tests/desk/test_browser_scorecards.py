"""Hugo scores Jo with the keyboard alone, and then reads what Rosa thinks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.hiring.scoring import ask_for_card, hand_in
from sincerely.kernel import clock
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def in_review(cook: Job, jo: Application, rosa: Identity, hugo: Identity) -> Application:
    with clock.clock_at(clock.now() - dt.timedelta(hours=1)), cook.employer.scope():
        cook.add_to_team(hugo)
        jo.stage_entries.update(at=clock.now())
        jo.move(jo.next_stage(), by=rosa)
        one = Application.objects.for_page().get(pk=jo.pk)
        ask_for_card(one, hugo, by=rosa)
        one = Application.objects.for_page().get(pk=jo.pk)
        names = one.stage.criteria
        scores = dict(zip(names, (4, 3, 2, 3), strict=True))
        hand_in(
            one, by=rosa, stage_id=one.stage_id, scores=scores, recommendation=4,
            reason="Ran a line of three for a year, and told me what went wrong there.",
        )  # fmt: skip
    return one


def test_a_card_by_keyboard_and_then_the_others(
    in_review: Application, hugo: Identity, sign_in: Any, live_server: Any, faults: list[str],
    page_of: Any,
) -> None:  # fmt: skip
    page: Page = sign_in(hugo)
    page.set_default_timeout(15_000)
    page.goto(f"{live_server.url}{page_of(in_review)}")
    check_page(page, "scorecard-link", whole=True)
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Scorecard: Review")).to_be_visible()
    expect(page.get_by_text("told me what went wrong")).to_have_count(0)
    check_page(page, "scorecard-form", whole=True)
    page.keyboard.press("Control+Enter")
    for key in "34329":
        page.keyboard.press(key)
    for key in "3":
        page.keyboard.press(key)
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("Calm: 4 orders at once.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("told me what went wrong")).to_be_visible()
    expect(page.get_by_text("Calm: 4 orders at once.")).to_have_count(2)
    check_page(page, "scorecard-all", whole=True)
    assert faults == []


def test_what_is_missing_is_shown_where_it_is_missing(
    in_review: Application, hugo: Identity, sign_in: Any, live_server: Any, page_of: Any
) -> None:
    page: Page = sign_in(hugo)
    page.goto(f"{live_server.url}{page_of(in_review, 'scorecard')}")
    page.keyboard.press("2")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("things need your attention")
    check_page(page, "scorecard-errors", whole=True)
