from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.hiring.models import Application
from sincerely.kernel import clock
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db
BOARD = "/desk/blue-spoon/jobs/line-cook/"


def statements(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def stage(employer, name: str):
    with employer.scope():
        return employer.stages.get(name=name)


def test_the_board_shows_each_stage_with_its_count_and_each_card_with_its_promise(
    client, rosa, cook, jo
):
    client.force_login(rosa)
    page = client.get(BOARD).content.decode()
    assert f'id="card-{jo.reference}"' in page
    assert f'hears by <time datetime="{jo.due_on}' in page
    assert "1 application" in page
    assert all(name in page for name in ("New", "Review", "Interview", "Offer"))


def test_a_broken_date_is_late_in_words_on_the_card_and_in_the_head(client, rosa, cook, jo):
    client.force_login(rosa)
    with clock.clock_at(clock.now() + dt.timedelta(days=30)):
        page = client.get(BOARD).content.decode()
    assert "Late: promised" in page
    assert "1 late" in page


def test_a_card_tells_recruiters_that_our_mail_did_not_arrive(client, rosa, hugo, cook, jo):
    with cook.employer.scope():
        jo.receipt.settle(Message.State.BOUNCED, source="report")
    client.force_login(rosa)
    assert "Our mail did not arrive" in client.get(BOARD).content.decode()
    with cook.employer.scope():
        cook.add_to_team(hugo)
    client.force_login(hugo)
    assert "Our mail did not arrive" not in client.get(BOARD).content.decode()


def test_the_number_of_statements_does_not_grow_with_the_cards(client, rosa, cook, apply):
    client.force_login(rosa)
    apply(cook)
    client.get(BOARD)
    with_one = statements(client, BOARD)
    for number in (2, 3):
        apply(cook, name=f"Applicant {number}", email=f"{number}@example.org")
    assert statements(client, BOARD) == with_one <= 12


def test_a_column_shows_its_first_cards_and_the_rest_page_by_page(client, rosa, cook, apply):
    references = {
        apply(cook, name=f"Applicant {number}", email=f"{number}@example.org").reference
        for number in range(40)
    }
    client.force_login(rosa)
    page = client.get(BOARD).content.decode()
    assert "40 applications" in page
    seen = _references(page)
    assert len(seen) == 15
    while (link := _more(page)) is not None:
        page = client.get(link, headers={"HX-Request": "true"}).content.decode()
        assert len(page) < 20_000
        seen += _references(page)
    assert len(seen) == 40, "no card twice"
    assert set(seen) == references


def test_cards_without_a_date_come_last_and_are_not_lost(client, rosa, cook, apply):
    for number in range(20):
        apply(cook, name=f"Applicant {number}", email=f"{number}@example.org")
    with cook.employer.scope():
        keys = list(Application.objects.values_list("pk", flat=True)[:18])
        Application.objects.filter(pk__in=keys).update(due_on=None)
    client.force_login(rosa)
    page = client.get(BOARD).content.decode()
    rest = client.get(_more(page), headers={"HX-Request": "true"}).content.decode()
    assert len(set(_references(page) + _references(rest))) == 20
    assert "No date promised" in rest


def test_a_damaged_cursor_is_not_found(client, rosa, cook, jo):
    client.force_login(rosa)
    address = f"{BOARD}stages/{jo.stage_id}/"
    assert client.get(f"{address}?after=x").status_code == 404
    assert client.get(f"{BOARD}stages/{cook.pk}/").status_code == 404


def test_the_search_finds_within_the_job_alone(client, rosa, cook, jo, apply):
    apply(cook, name="Zoë Müller", email="zoe@example.org")
    client.force_login(rosa)
    page = client.get(BOARD, {"q": "muller"}).content.decode()
    assert "Zoë Müller" in page
    assert jo.name not in page
    assert "1 found" in page
    assert "None ended" in page
    assert "Nobody here fits" in client.get(BOARD, {"q": "Xanthippe"}).content.decode()


def test_ended_applications_are_counted_and_listed_with_whether_they_know_it(
    client, rosa, cook, jo
):
    with cook.employer.scope():
        jo.decline(by=rosa)
    client.force_login(rosa)
    page = client.get(BOARD).content.decode()
    assert "1 ended" in page
    assert jo.reference not in page
    ended = client.get(f"{BOARD}ended/").content.decode()
    assert "Declined" in ended
    assert "Decided, not told yet" in ended


def test_hugo_sees_the_boards_of_his_jobs_only_and_moves_nobody(client, hugo, cook, jo):
    client.force_login(hugo)
    assert client.get(BOARD).status_code == 404
    assert client.get(f"{BOARD}ended/").status_code == 404
    assert client.get(f"{BOARD}stages/{jo.stage_id}/").status_code == 404
    with cook.employer.scope():
        cook.add_to_team(hugo)
    page = client.get(BOARD).content.decode()
    assert jo.name in page
    assert "card-move" not in page
    assert client.get(f"{BOARD}edit/").status_code == 404
    assert client.get(f"{BOARD}closing/").status_code == 404


def test_mallory_finds_nothing(client, mallory, cook, jo):
    client.force_login(mallory)
    for address in ("", "ended/", "edit/", "closing/", "drafts/", f"stages/{jo.stage_id}/"):
        assert client.get(BOARD + address).status_code == 404
        assert client.get("/desk/st-brigid/jobs/line-cook/" + address).status_code == 404


def _references(page: str) -> list[str]:
    return re.findall(r'id="card-(\d+)"', page)


def _more(page: str) -> str | None:
    found = re.search(r'hx-get="([^"]*/stages/[^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else None
