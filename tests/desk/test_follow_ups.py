"""The inbox of what applicants asked and a person has to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity, Role
from sincerely.hiring import debts
from sincerely.hiring.asking import ask, write_again
from sincerely.hiring.models import Application, FollowUp, Job
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from tests.conftest import member
from tests.desk.conftest import signed_in, text_of

INBOX = "/desk/blue-spoon/follow-ups/"
FOCUS = f"{INBOX}focus/"
DAY = dt.timedelta(days=1)
Asks = Callable[..., FollowUp]


def groups(client: Client, address: str = INBOX) -> dict[str, list[str]]:
    """Who stands in the list, by heading."""
    shown = client.get(address).context["groups"]
    return {
        group.name: [row.follow_up.application.name for row in group.page]
        for group in shown
        if group.count
    }


def test_the_list_is_sorted_by_the_day_somebody_was_told_to_hear(
    at_rosas_desk: Client, asks: Asks
) -> None:
    for name, days in {"Late": -2, "Later": -5, "Now": 0, "Soon": 3, "Edge": 6, "Far": 9}.items():
        asks(name, days)
    assert groups(at_rosas_desk) == {
        "overdue": ["Later", "Late"],
        "today": ["Now"],
        "week": ["Soon", "Edge"],
        "later": ["Far"],
    }
    page = text_of(at_rosas_desk.get(INBOX))
    assert "Six messages need a person." in page
    assert "Two are overdue." in page
    assert "5 days late" in page
    assert "Needs something to take part" in page


def test_the_list_takes_as_many_statements_for_three_rows_as_for_one(
    at_rosas_desk: Client, asks: Asks
) -> None:
    write_again_of(asks("One", 0))
    at_rosas_desk.get(INBOX)
    with CaptureQueriesContext(connection) as once:
        at_rosas_desk.get(INBOX)
    for name in ("Two", "Three"):
        write_again_of(asks(name, 0))
    with CaptureQueriesContext(connection) as thrice:
        response = at_rosas_desk.get(INBOX)
    assert response.context["total"] == 3
    assert len(thrice) == len(once) <= 8


def test_the_index_of_what_waits_is_used_at_size(
    at_rosas_desk: Client, asks: Asks, at_diner: Employer
) -> None:
    one = asks("Late", -2)
    rows = [
        FollowUp(
            application=one.application, channel="page", topic="question", text="?", counts=False,
            answer_by=one.answer_by, answered_at=clock.now(), answered_by="Rosa",
        )
        for _ in range(3_000)
    ]  # fmt: skip
    FollowUp.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE hiring_followup")
    for context in (at_rosas_desk.get(INBOX).context, at_rosas_desk.get(FOCUS).context):
        assert context
    waiting = debts.to_answer(Job.objects.all())
    assert "follow_up_waiting" in waiting.explain()


def test_what_they_wrote_since_stands_beneath_and_not_all_of_it(
    at_rosas_desk: Client, asks: Asks
) -> None:
    asked = asks("Lee")
    for number in range(6):
        write_again_of(asked, f"Hello number {number}")
    page = text_of(at_rosas_desk.get(INBOX))
    shown = [number for number in range(6) if f"Hello number {number}" in page]
    assert shown == [3, 4, 5]
    assert "Earlier ones are in the history" in page


def test_rosa_may_look_at_her_own_jobs_alone(diner: Employer, asks: Asks) -> None:
    asks("Late", -1)
    rita = signed_in(member(diner, "Rita", Role.RECRUITER))
    assert groups(rita) == {"overdue": ["Late"]}
    assert groups(rita, f"{INBOX}?whose=mine") == {}
    assert "Nobody waits for you." in text_of(rita.get(f"{INBOX}?whose=mine"))
    assert "Every question has its answer." in text_of(rita.get(f"{FOCUS}?whose=mine"))


def test_a_long_group_shows_its_first_rows_its_whole_count_and_pages(
    at_rosas_desk: Client, asks: Asks, at_diner: Employer
) -> None:
    one = asks("Late", -2)
    candidate = type(one.application.candidate)
    copies = [
        Application(
            job=one.application.job, candidate=candidate.objects.create(name=f"Lee {number}"),
            stage=one.application.stage, reference=str(2_000_000_000 + number),
            name=f"Lee {number}",
        )
        for number in range(60)
    ]  # fmt: skip
    Application.objects.bulk_create(copies)
    FollowUp.objects.bulk_create(
        FollowUp(
            application=each, channel="page", topic="problem", counts=False, answer_by=one.answer_by
        )
        for each in copies
    )
    first = at_rosas_desk.get(INBOX)
    (group,) = [group for group in first.context["groups"] if group.count]
    assert (group.count, len(list(group.page))) == (61, 25)
    assert "All 61" in text_of(first)
    pages = [at_rosas_desk.get(f"{INBOX}?group=overdue&page={number}") for number in (1, 2)]
    keys = [[row.follow_up.pk for row in page.context["groups"][0].page] for page in pages]
    assert [len(page) for page in keys] == [50, 11]
    assert len({*keys[0], *keys[1]}) == 61
    empty = at_rosas_desk.get(f"{INBOX}?group=today")
    assert [group.count for group in empty.context["groups"]] == [61, 0, 0, 0]


def test_the_empty_list_says_who_had_an_answer_today(
    at_rosas_desk: Client, asks: Asks, rosa: Identity
) -> None:
    assert "Nobody waits for a person." in text_of(at_rosas_desk.get(INBOX))
    asked = asks("Late", -1)
    with asked.application.employer.scope():
        asked.respond("Yes.", by=rosa)
    for address in (INBOX, FOCUS):
        assert "Since this morning, one person has" in text_of(at_rosas_desk.get(address))


def test_what_strangers_typed_is_text_and_nothing_else(at_rosas_desk: Client, asks: Asks) -> None:
    asked = asks(
        "<b>Lee</b>", text="<script>alert(1)</script>\n" + "word " * 90, email="l@e.example"
    )
    write_again_of(asked, "<img src=x onerror=alert(2)>")
    for address in (INBOX, FOCUS, f"{INBOX}{asked.pk}/"):
        page = text_of(at_rosas_desk.get(address))
        assert "&lt;script&gt;alert(1)" in page
        for tag in ("<script>alert", "<img src=x", "<b>Lee"):
            assert tag not in page


def test_hugo_finds_none_of_it(at_hugos_desk: Client, hugos_job: Job, asks: Asks) -> None:
    asked = asks("Lee")
    one = f"{INBOX}{asked.pk}/"
    parts = ("", "preview/", "reply/", "settlement/", "undo/")
    for address in (INBOX, FOCUS, *(one + part for part in parts)):
        assert at_hugos_desk.get(address).status_code == 404
        assert at_hugos_desk.post(address, {"text": "No"}).status_code == 404
    assert "follow-ups" not in text_of(at_hugos_desk.get("/desk/blue-spoon/"))


def test_mallory_answers_nobody_of_another_employer(mallory: Identity, asks: Asks) -> None:
    asked = asks("Lee")
    client = signed_in(mallory)
    for desk in ("blue-spoon", "st-brigid"):
        for part in ("", "reply/", "settlement/", "undo/", "preview/"):
            address = f"/desk/{desk}/follow-ups/{asked.pk}/{part}"
            assert client.get(address).status_code == 404
            assert client.post(address, {"text": "Yes", "how": "none"}).status_code == 404
    with asked.application.employer.scope():
        assert FollowUp.objects.waiting().get() == asked


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def test_focus_counts_through_to_the_end(at_rosas_desk: Client, asks: Asks) -> None:
    for name, days in {"First": -1, "Second": 0, "Third": 2}.items():
        asks(name, days)
    page = at_rosas_desk.get(FOCUS)
    seen = []
    while page.context.get("follow_up"):
        shown = page.context
        seen.append((shown["application"].name, shown["number"], shown["total"]))
        page = at_rosas_desk.get(FOCUS, {"after": shown["after"], "n": shown["number"] + 1})
    assert seen == [("First", 1, 3), ("Second", 2, 3), ("Third", 3, 3)]
    assert "What you left for later waits in the list." in text_of(page)


def test_focus_goes_on_behind_one_that_was_put_off(
    at_rosas_desk: Client, asks: Asks, rosa: Identity
) -> None:
    first, _ = asks("First", -1), asks("Second", 0)
    after = at_rosas_desk.get(FOCUS).context["after"]
    with first.application.employer.scope():
        later = clock.today("America/New_York") + 9 * DAY
        first.respond("I will find out.", by=rosa, rest_by=later)
    page = at_rosas_desk.get(FOCUS, {"after": after, "n": "2"})
    assert page.context["application"].name == "Second"


def test_focus_can_begin_at_one(at_rosas_desk: Client, asks: Asks) -> None:
    asks("First", -1)
    second = asks("Second", 0)
    page = at_rosas_desk.get(FOCUS, {"at": str(second.pk)})
    assert (page.context["application"].name, page.context["number"]) == ("Second", 2)


@pytest.mark.parametrize(
    "asked",
    [
        {"at": "nonsense"}, {"after": "nonsense"}, {"after": "2026-13-40_x"}, {"n": "-1"},
        {"n": "9" * 400}, {"at": "\x00"}, {"n": "٣"}, {"after": "9999-12-31_"},
    ],
)  # fmt: skip
def test_focus_with_an_address_made_up_begins_at_the_beginning(
    at_rosas_desk: Client, asks: Asks, asked: dict[str, str]
) -> None:
    asks("First")
    assert at_rosas_desk.get(FOCUS, asked).context["application"].name == "First"


def test_focus_stands_beside_the_facts(
    at_rosas_desk: Client, asks: Asks, resume: Any, rosa: Identity, jo: Application
) -> None:
    with jo.employer.scope():
        jo.add_note("Speaks Greek", by=rosa)
        ask(jo, Topic.PROBLEM, text="My file?")
    page = text_of(at_rosas_desk.get(FOCUS))
    for fact in ("It is at: Received.", "Rosa noted", "Speaks Greek", resume.name.split(" ")[0]):
        assert fact in page


def test_a_decision_that_is_held_is_not_to_be_mentioned_and_is_in_no_message(
    at_rosas_desk: Client, asks: Asks, rosa: Identity
) -> None:
    asked = asks("Lee")
    before = at_rosas_desk.get(FOCUS).context
    with asked.application.employer.scope():
        asked.application.decline(by=rosa)
    page = at_rosas_desk.get(FOCUS)
    assert "Declined, held until" in text_of(page)
    assert "Do not mention it." in text_of(page)
    for part in ("paper", "ready", "status"):
        assert page.context[part] == before[part]


def test_focus_takes_as_many_statements_whoever_waits(at_rosas_desk: Client, asks: Asks) -> None:
    asks("One")
    at_rosas_desk.get(FOCUS)
    with CaptureQueriesContext(connection) as once:
        at_rosas_desk.get(FOCUS)
    asks("Two")
    asks("Three")
    with CaptureQueriesContext(connection) as thrice:
        at_rosas_desk.get(FOCUS)
    assert len(thrice) == len(once) <= 24


def write_again_of(follow_up: FollowUp, text: str = "Hello again") -> None:
    with follow_up.application.employer.scope():
        write_again(follow_up.application, text)
