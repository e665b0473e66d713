"""Planning an interview: the message is seen before it goes out, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at
from tests.desk.conftest import text_of
from tests.hiring.meetings import agreed, at, fresh, offered

Page = Callable[..., str]
PLAN = {
    "first": "2026-12-01T10:00",
    "second": "2026-12-02T14:00",
    "third": "",
    "minutes": "30",
    "way": "place",
    "where": "12 Harbour Street",
    "pick_by": "2026-11-30",
    "line": "Ring twice.",
}


def seen(response: Any) -> str:
    """The key of what was looked at, as the form carries it."""
    return str(response.context["key"])


def one_line(response: Any) -> str:
    return " ".join(text_of(response).split())


def test_the_message_is_seen_before_it_goes_out(
    met: Application, at_rosas_desk: Client, page_of: Page
) -> None:
    address = page_of(met, "interview_plan")
    assert "Offer Jo Smith times for the interview" in one_line(at_rosas_desk.get(address))
    looked = at_rosas_desk.post(address, PLAN | {"look": "1"})
    assert "Ring twice." in text_of(looked)
    assert "Wednesday, 2 December, 14:00 to 14:30, New York time (EST)" in text_of(looked)
    assert not met.interviews.exists()
    sent = at_rosas_desk.post(address, PLAN | {"seen": seen(looked)}, follow=True)
    assert "Jo Smith can pick a time." in text_of(sent)
    assert "Held: nobody outside knows yet" in text_of(sent)
    assert met.interviews.get().slots.count() == 2


def test_what_was_changed_after_it_was_seen_is_seen_again(
    met: Application, at_rosas_desk: Client, page_of: Page
) -> None:
    address = page_of(met, "interview_plan")
    looked = at_rosas_desk.post(address, PLAN | {"look": "1"})
    changed = PLAN | {"first": "2026-12-01T11:00", "seen": seen(looked)}
    again = at_rosas_desk.post(address, changed)
    assert "You changed something." in text_of(again)
    assert "11:00 to 11:30" in text_of(again)
    assert not met.interviews.exists()


def test_being_in_two_places_is_shown_and_may_be_meant(
    met: Application,
    someone: Callable[..., Application],
    rosa: Identity,
    hugos_job: Job,
    hugo: Identity,
    at_rosas_desk: Client,
    page_of: Page,
) -> None:
    agreed(someone("Sam Okafor"), hugo, by=rosa)
    address, given = page_of(met, "interview_plan"), PLAN | {"people": [str(hugo.pk)]}
    looked = at_rosas_desk.post(address, given | {"look": "1"})
    assert "Hugo is with Sam Okafor at that time (Line cook)." in text_of(looked)
    at_rosas_desk.post(address, given | {"seen": seen(looked)})
    assert met.interviews.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"first": ""}, "Choose a day and a time."),
        ({"first": "soon"}, "This is no day and time."),
        ({"first": "2026-11-25T10:00"}, "This time has passed."),
        ({"first": "2027-03-14T02:30"}, "That hour does not exist"),
        ({"first": "9999-12-31T23:59"}, "no day and time|more than a year"),
        ({"minutes": "0"}, "greater than or equal to 5"),
        ({"way": "telepathy"}, "telepathy is not one of the available choices"),
        ({"where": ""}, "Say where: a number, a link or an address."),
        ({"way": "video", "where": "javascript:alert(1)"}, "Write the whole link"),
        ({"people": "00000000-0000-0000-0000-000000000000"}, "does not work here any more"),
        ({"pick_by": "2026-11-25"}, "This day has passed."),
        ({"line": "x" * 1_001}, "up to 1000 characters; yours has 1001"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    met: Application, at_rosas_desk: Client, page_of: Page, given: dict[str, str], says: str
) -> None:
    address = page_of(met, "interview_plan")
    answer = at_rosas_desk.post(address, PLAN | {"second": ""} | given)
    if answer.context["form"].is_valid():
        answer = at_rosas_desk.post(address, PLAN | {"second": ""} | given | {"seen": seen(answer)})
    text = text_of(answer)
    assert any(each in text for each in says.split("|"))
    assert "12 Harbour Street" in text or "where" in given
    assert not met.interviews.exists()


def test_the_hour_that_comes_twice_is_taken_the_first_time(
    met: Application, at_rosas_desk: Client, page_of: Page
) -> None:
    address = page_of(met, "interview_plan") + "?enter=1"
    given = PLAN | {"first": "2026-11-26T13:00"}
    with clock_at(dt.datetime(2027, 11, 5, 12, tzinfo=dt.UTC)):
        given["first"] = "2027-11-07T01:30"
        looked = at_rosas_desk.post(address, given | {"look": "1"})
        at_rosas_desk.post(address, given | {"seen": seen(looked)})
    found = met.interviews.get().starts_at
    assert found == dt.datetime(2027, 11, 7, 5, 30, tzinfo=dt.UTC)


def test_only_who_may_see_the_job_can_be_asked_to_interview(
    met: Application, hugo: Identity, ada: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    form = at_rosas_desk.get(page_of(met, "interview_plan")).context["form"]
    assert [label for _, label in form.fields["people"].choices] == ["Ada", "Rosa"]


def test_a_second_recruiter_hears_of_the_first(
    met: Application, rosa: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    address = page_of(met, "interview_plan")
    looked = at_rosas_desk.post(address, PLAN | {"look": "1"})
    offered(met, by=rosa)
    answer = at_rosas_desk.post(address, PLAN | {"seen": seen(looked)})
    assert "There is one already" in text_of(answer)
    assert met.interviews.count() == 1


def test_a_date_is_changed_and_cancelled(
    met: Application, rosa: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    interview = agreed(met, by=rosa)
    address = page_of(met, "interview_date", interview_id=interview.pk)
    assert 'value="2026-12-01T10:00"' in text_of(at_rosas_desk.get(address))
    given = PLAN | {"first": "2026-12-04T15:00"}
    looked = at_rosas_desk.post(address, given | {"look": "1"})
    assert "Tuesday, 1 December" in text_of(looked)
    at_rosas_desk.post(address, given | {"seen": seen(looked)})
    assert fresh(interview).starts_at == at(4, 15)
    address = page_of(met, "interview_cancellation", interview_id=interview.pk)
    shown = at_rosas_desk.post(address, {"line": "Flooded.", "look": "1"})
    assert "Flooded." in text_of(shown)
    assert fresh(interview).is_standing()
    at_rosas_desk.post(address, {"line": "Flooded."})
    assert not fresh(interview).is_standing()
    assert "Flooded." in met.messages().get(kind="interview_cancelled").text


def test_undo_takes_the_offer_back_and_too_late_says_so(
    met: Application, rosa: Identity, at_rosas_desk: Client, page_of: Page
) -> None:
    address = page_of(met, "interview_plan")
    looked = at_rosas_desk.post(address, PLAN | {"look": "1"})
    at_rosas_desk.post(address, PLAN | {"seen": seen(looked)})
    interview = met.interviews.get()
    undo = page_of(met, "interview_undo", interview_id=interview.pk)
    assert "nothing was sent" in text_of(at_rosas_desk.post(undo, follow=True))
    assert at_rosas_desk.post(undo).status_code == 404
    later = offered(met, by=rosa)
    undo = page_of(met, "interview_undo", interview_id=later.pk)
    assert "too late to take it back" in text_of(at_rosas_desk.post(undo, follow=True))
