"""Ada removes Hugo, who owes words, and archives a stage that somebody is in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity, Membership
from sincerely.hiring.models import Application, Job
from sincerely.hiring.scoring import ask_for_card
from sincerely.kernel import clock
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def in_review(cook: Job, jo: Application, rosa: Identity, hugo: Identity) -> Application:
    with clock.clock_at(clock.now() - dt.timedelta(hours=1)), cook.employer.scope():
        cook.add_to_team(hugo)
        jo.stage_entries.update(at=clock.now())
        jo.move(jo.next_stage(), by=rosa)
        ask_for_card(Application.objects.for_page().get(pk=jo.pk), hugo, by=rosa)
        return Application.objects.for_page().get(pk=jo.pk)


def test_who_leaves_hands_over(
    in_review: Application, ada: Identity, rosa: Identity, hugo: Identity, sign_in: Any,
    live_server: Any, faults: list[str],
) -> None:  # fmt: skip
    page: Page = sign_in(ada)
    members = f"{live_server.url}/desk/blue-spoon/settings/members"
    page.goto(f"{members}/{Membership.objects.get(identity=rosa).pk}/")
    expect(page.get_by_text("One date to keep")).to_be_visible()
    check_page(page, "member-owes", whole=True)
    page.goto(f"{members}/{Membership.objects.get(identity=hugo).pk}/")
    page.get_by_label("Who takes over?").select_option(label="Rosa (recruiter)")
    page.get_by_role("button", name="Remove Hugo").click()
    expect(page.get_by_text("Hugo has no access any more.")).to_be_visible()
    assert faults == []


def test_a_stage_with_people_in_it(
    in_review: Application, ada: Identity, sign_in: Any, live_server: Any, faults: list[str]
) -> None:
    page: Page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/stages/")
    page.get_by_text("Scorecard", exact=True).nth(1).click()
    check_page(page, "stages-scorecard", whole=True)
    page.get_by_role("button", name="Archive Review").click()
    expect(page.get_by_role("alert")).to_contain_text("1 application is in Review")
    check_page(page, "stage-in-use", whole=True)
    page.get_by_label("To which stage do they go?").select_option(label="To Interview")
    page.get_by_role("button", name="Move them and archive Review").click()
    expect(page.get_by_text("1 went to Interview; their dates stand.")).to_be_visible()
    assert faults == []
