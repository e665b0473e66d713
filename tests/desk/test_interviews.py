"""Interviews at the desk: on the pages about somebody, in the list, and on Today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interview_answers import ask_another, pick, respond, running_late
from sincerely.hiring.models import Application, Interview, Job
from sincerely.hiring.models.interview import Response
from sincerely.kernel.clock import clock_at
from tests.desk.conftest import text_of
from tests.hiring.meetings import NOON, agreed, at, fresh, offered, read

Page = Callable[..., str]
LIST = "/desk/blue-spoon/interviews/"


def one_line(response: Any) -> str:
    return " ".join(text_of(response).split())


# ── on the pages about an application ────────────────────────────────────────────────────────────


def test_the_page_says_what_waits_and_does_it_by_one_press(
    met: Application, rosa: Identity, hugo: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    interview = agreed(met, hugo, by=rosa)
    respond(interview.people.get(), Response.ACCEPTED)
    assert "Hugo (accepted)" in one_line(at_rosas_desk.get(page_of(met)))
    ask_another(fresh(interview), "After three?")
    assert "“After three?”" in one_line(at_rosas_desk.get(page_of(met)))
    at_rosas_desk.post(page_of(met, "interview_standing", interview_id=interview.pk))
    assert "“After three?”" not in one_line(at_rosas_desk.get(page_of(met))).split("History")[0]
    with clock_at(at(1, 9, 50)):
        assert "Say that we are late" in one_line(at_rosas_desk.get(page_of(met)))
        late = page_of(met, "interview_late", interview_id=interview.pk)
        at_rosas_desk.post(late, {"minutes": "10"})
        assert met.messages().filter(kind="interview_late").count() == 1
        assert "Say 5, 10 or 20" in text_of(at_rosas_desk.post(late, {"minutes": "9"}, follow=True))
    with clock_at(at(1, 11)):
        assert "Did it take place?" in one_line(at_rosas_desk.get(page_of(met)))
        outcome = page_of(met, "interview_outcome", interview_id=interview.pk)
        at_rosas_desk.post(outcome, {"outcome": "did"})
        assert "Took place" in one_line(at_rosas_desk.get(page_of(met)))


def test_the_call_card_shows_it_and_a_held_one_is_not_to_be_mentioned(
    met: Application, rosa: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    from sincerely.hiring.interviews import propose
    from tests.hiring.meetings import SLOTS, plan

    propose(met, plan(), SLOTS, by=rosa)
    card = one_line(at_rosas_desk.get(page_of(met, "call_card")))
    assert "Do not mention it before 12:10." in card
    assert "times for your interview" not in card
    with clock_at(NOON + dt.timedelta(hours=1)):
        card = one_line(at_rosas_desk.get(page_of(met, "call_card")))
    assert "There are times for your interview on your status page" in card


def test_hugo_sees_the_date_and_not_what_the_applicant_asked(
    met: Application, rosa: Identity, hugos_job: Job, hugo: Identity, at_hugos_desk: Client,
    page_of: Page,
) -> None:  # fmt: skip
    interview = agreed(met, hugo, by=rosa)
    ask_another(interview, "My daughter is ill.")
    with clock_at(at(1, 9, 30)):
        running_late(fresh(interview), 10)
    shown = one_line(at_hugos_desk.get(page_of(met)))
    assert "Tuesday, 1 December" in shown
    assert "My daughter is ill." not in shown
    for name in ("interview_date", "interview_cancellation"):
        assert at_hugos_desk.get(page_of(met, name, interview_id=interview.pk)).status_code == 404
    with clock_at(at(1, 11)):
        at_hugos_desk.post(page_of(met, "interview_outcome", interview_id=interview.pk))
    assert fresh(interview).took_place_at


# ── the list and Today ───────────────────────────────────────────────────────────────────────────


def test_the_next_interviews_stand_by_day_and_those_to_pick_last(
    someone: Callable[..., Application], rosa: Identity, at_rosas_desk: Client
) -> None:
    agreed(someone("Sam Okafor"), by=rosa, start=at(3, 9))
    agreed(someone("Mei Tan"), by=rosa, start=at(1, 16))
    offered(someone("Lee Park"), by=rosa)
    over = agreed(someone("Ana Rivera"), by=rosa, start=at(26, 13, month=11))
    days = at_rosas_desk.get(LIST).context["days"]
    names = [[line.interview.application.name for line in each["lines"]] for each in days]
    assert names == [["Ana Rivera"], ["Mei Tan"], ["Sam Okafor"], ["Lee Park"]]
    with clock_at(at(27, month=11)):
        assert over.pk not in _keys(at_rosas_desk.get(LIST))


def _keys(response: Any) -> list[Any]:
    return [line.interview.pk for each in response.context["days"] for line in each["lines"]]


def test_hugo_sees_those_for_his_jobs_alone(
    met: Application, rosa: Identity, hugo: Identity, cook: Job, at_hugos_desk: Client
) -> None:
    interview = agreed(met, by=rosa)
    assert "Nobody is expected." in text_of(at_hugos_desk.get(LIST))
    cook.add_to_team(hugo)
    assert _keys(at_hugos_desk.get(LIST)) == [interview.pk]


def test_today_names_what_needs_a_person(
    someone: Callable[..., Application], rosa: Identity, at_rosas_desk: Client
) -> None:
    offered(someone("Lee Park"), by=rosa)
    asked = agreed(someone("Mei Tan"), by=rosa, start=at(3))
    ask_another(asked, "After three?")
    agreed(someone("Ana Rivera"), by=rosa, start=at(1, 9))
    with clock_at(at(1, 11)):
        shown = one_line(at_rosas_desk.get("/desk/blue-spoon/"))
    assert "Ask Lee Park about the times for the interview" in shown
    assert "Find another time with Mei Tan" in shown
    assert "“After three?”" in shown
    assert "Say whether the interview with Ana Rivera took place" in shown
    assert f"/applications/{asked.application.reference}/#interviews" in shown


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [LIST, "/desk/blue-spoon/"])
def test_a_page_of_three_asks_no_more_than_one_of_one(
    someone: Callable[..., Application],
    rosa: Identity,
    hugo: Identity,
    at_rosas_desk: Client,
    address: str,
) -> None:
    def add(name: str) -> None:
        for number, what in enumerate(("asks", "over", "waits")):
            one = someone(f"{name} {what}")
            if what == "waits":
                offered(one, hugo, by=rosa)
            else:
                interview = agreed(one, hugo, rosa, by=rosa, start=at(1 + number, 9))
                if what == "asks":
                    ask_another(interview, "Later?")

    with clock_at(NOON):
        add("Sam")
    with clock_at(at(1, 8)):
        at_rosas_desk.get(address)
        one = statements(at_rosas_desk, address)
    with clock_at(NOON):
        add("Mei")
        add("Lee")
    with clock_at(at(1, 8)):
        assert statements(at_rosas_desk, address) == one


def _history(application: Application) -> list[str]:
    from sincerely.desk.event_words import lines

    return [line.text for line in lines(read(application).events())]


def test_a_stage_says_for_what_a_date_is_agreed(ada: Identity, diner: Employer) -> None:
    client = Client()
    client.force_login(ada)
    address = reverse("desk:settings_stages", args=[diner.slug])
    form = client.get(address).context["stages"]
    rows = {
        f"stages-{number}-{name}": one[name].value() or ""
        for number, one in enumerate(form)
        for name in ("id", "name", "public_name", "public_text", "kind", "promise_days")
    }
    rows |= {f"stages-{number}-ORDER": number + 1 for number in range(len(form.forms))}
    rows |= {"stages-TOTAL_FORMS": len(form.forms), "stages-INITIAL_FORMS": 0}
    rows["stages-1-kind"] = "phone_screen"
    client.post(address, rows)
    with diner.scope():
        assert diner.stages.get(name="Review").kind == "phone_screen"  # type: ignore[attr-defined]
    rows["stages-1-kind"] = "seance"
    assert client.post(address, rows).status_code == 200
    with diner.scope():
        assert Interview.objects.count() == 0


def test_a_pick_is_in_the_history(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    pick(interview, interview.slots.all()[0].pk)
    assert any(
        "The applicant picked a time for the interview: Tuesday" in each for each in _history(met)
    )
    assert "Rosa offered 3 times for the interview" in _history(met)
