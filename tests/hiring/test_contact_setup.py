from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.contact_setup import PolicyFault, fields_of, take_back
from sincerely.hiring.dates import day_begins
from sincerely.hiring.models import Application, CannotDo, Job, PolicyVersion
from sincerely.kernel.clock import clock_at
from sincerely.kernel.models import Event
from tests.hiring.policies import CALLS, NEW_YEAR, NOON, changed, said

pytestmark = pytest.mark.usefixtures("noon")


def on(day: dt.date, employer: Employer, hour: int = 9) -> dt.datetime:
    return day_begins(day, employer) + dt.timedelta(hours=hour)


def test_a_job_has_a_policy_of_its_own_and_the_employer_keeps_its_own(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    assert fields_of(at_diner, cook)["policy_of"] == "employer"
    assert changed(at_diner, ada, cook, **CALLS)
    assert fields_of(at_diner, cook)["policy_of"] == "job"
    assert "welcome to call" in said(at_diner, cook)
    assert "Please do not call" in said(at_diner)
    # What is changed for all jobs does not reach it.
    changed(at_diner, ada, wait_days=21)
    assert "21 days" not in said(at_diner, cook)


def test_a_job_goes_back_to_its_employers_policy_by_a_row_with_its_date(
    at_diner: Employer, ada: Identity, cook: Job, apply: Callable[..., Application]
) -> None:
    changed(at_diner, ada, cook, **CALLS)
    jo = apply(cook)
    with clock_at(NOON + dt.timedelta(hours=1)):
        assert changed(at_diner, ada, cook, policy_of="employer")
        assert PolicyVersion.objects.filter(job=cook).count() == 2
        assert "Please do not call" in said(at_diner, cook, NOON + dt.timedelta(hours=1))
        # Jo is judged by the policy that stood when she applied.
        assert "welcome to call" in contact_policy(Application.objects.for_page().get(pk=jo.pk))
        # From then on, a change for all jobs reaches it again.
        changed(at_diner, ada, wait_days=21)
    assert "21 days" in said(at_diner, cook, NOON + dt.timedelta(hours=1))


def test_who_applied_before_a_job_had_its_own_policy_keeps_the_employers(
    at_diner: Employer, ada: Identity, cook: Job, jo: Application
) -> None:
    with clock_at(NOON + dt.timedelta(minutes=1)):
        changed(at_diner, ada, cook, **CALLS)
        assert "Please do not call" in contact_policy(Application.objects.for_page().get(pk=jo.pk))


@pytest.mark.parametrize("for_job", [True, False])
def test_what_holds_already_adds_no_row(
    at_diner: Employer, ada: Identity, cook: Job, for_job: bool
) -> None:
    job = cook if for_job else None
    change = {"wait_days": 3}
    assert changed(at_diner, ada, job, **change)
    rows = PolicyVersion.objects.count()
    assert not changed(at_diner, ada, job, **change)
    assert PolicyVersion.objects.count() == rows


def test_a_job_that_always_went_by_its_employer_need_not_be_told_so(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    assert not changed(at_diner, ada, cook, policy_of="employer")
    assert not PolicyVersion.objects.filter(job=cook).exists()


def test_a_planned_change_holds_from_its_day_at_the_employers_place(
    at_diner: Employer, ada: Identity
) -> None:
    assert changed(at_diner, ada, wait_days=21, begins=NEW_YEAR)
    midnight = dt.datetime(2027, 1, 1, 5, tzinfo=dt.UTC)  # in New York
    assert "7 days" in said(at_diner, at=midnight - dt.timedelta(seconds=1))
    assert "21 days" in said(at_diner, at=midnight)


def test_of_two_changes_for_one_day_the_one_written_later_holds(
    at_diner: Employer, ada: Identity
) -> None:
    changed(at_diner, ada, wait_days=21, begins=NEW_YEAR)
    changed(at_diner, ada, wait_days=14, begins=NEW_YEAR)
    assert "14 days" in said(at_diner, at=on(NEW_YEAR, at_diner))


def test_a_change_with_a_last_day_gives_way_to_what_held_before(
    at_diner: Employer, ada: Identity
) -> None:
    first, last = dt.date(2026, 12, 20), dt.date(2027, 1, 6)
    changed(at_diner, ada, stance="no_follow_up_before_promise", begins=first, ends=last)
    assert "by e-mail" in said(at_diner, at=on(first, at_diner) - dt.timedelta(days=1))
    assert "wait for it" in said(at_diner, at=on(first, at_diner))
    assert "wait for it" in said(at_diner, at=on(last, at_diner, hour=23))
    assert "by e-mail" in said(at_diner, at=on(last, at_diner, hour=24))


def test_publishing_while_a_change_with_a_last_day_holds_keeps_that_day(
    at_diner: Employer, ada: Identity
) -> None:
    last = dt.date(2026, 12, 6)
    changed(at_diner, ada, wait_days=3, ends=last)
    assert fields_of(at_diner)["ends"] == last
    # The same without an end is another promise.
    assert changed(at_diner, ada, wait_days=3, ends=None)
    assert "3 days" in said(at_diner, at=on(NEW_YEAR, at_diner))


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"begins": dt.date(2026, 11, 25)}, "begins", "cannot begin before today"),
        ({"begins": dt.date(9999, 12, 31)}, "begins", "within the next two years"),
        ({"ends": dt.date(9999, 12, 31)}, "ends", "within the next two years"),
        ({"ends": dt.date(2026, 11, 25)}, "ends", "choose Thursday, 26 November or a later"),
        ({"begins": NEW_YEAR, "ends": dt.date(2026, 12, 31)}, "ends", "Friday, 1 January 2027"),
        ({"phone_hours": "whenever"}, "phone_hours", "cannot read “whenever”"),
        ({"walk_in_place": "Here"}, "walk_in_hours", "both the place and the hours"),
        ({"walk_in_hours": "Mon 9-10"}, "walk_in_place", "both the place and the hours"),
        ({"stance": "call_once"}, "phone", "give the number"),
    ],
)
def test_a_change_that_cannot_be_names_its_field(
    at_diner: Employer, ada: Identity, change: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(PolicyFault, match=problem) as refused:
        changed(at_diner, ada, **change)
    assert refused.value.field == field
    assert PolicyVersion.objects.count() == 1


def test_one_day_is_long_enough(at_diner: Employer, ada: Identity) -> None:
    changed(at_diner, ada, wait_days=1, begins=NEW_YEAR, ends=NEW_YEAR)
    assert "one day" in said(at_diner, at=on(NEW_YEAR, at_diner, hour=23))
    assert "7 days" in said(at_diner, at=on(NEW_YEAR, at_diner, hour=24))


def test_a_planned_change_can_be_taken_back_and_leaves_a_trace(
    at_diner: Employer, ada: Identity
) -> None:
    changed(at_diner, ada, wait_days=21, begins=NEW_YEAR)
    row = PolicyVersion.objects.get(in_force_from__gt=NOON)
    take_back(at_diner, row.pk, by=ada)
    at_diner.refresh_from_db()
    assert "7 days" in said(at_diner, at=on(NEW_YEAR, at_diner))
    assert Event.objects.get(kind="policy_taken_back").data["published"]["wait_days"] == 21


def test_what_has_begun_cannot_be_taken_back(at_diner: Employer, ada: Identity) -> None:
    changed(at_diner, ada, wait_days=21)
    row = PolicyVersion.objects.order_by("-id")[0]
    with pytest.raises(CannotDo, match="holds already"):
        take_back(at_diner, row.pk, by=ada)
    assert PolicyVersion.objects.count() == 2


def test_the_change_of_a_job_is_taken_back_through_that_job_alone(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    changed(at_diner, ada, cook, wait_days=21, begins=NEW_YEAR)
    row = PolicyVersion.objects.get(job=cook)
    with pytest.raises(PolicyVersion.DoesNotExist):
        take_back(at_diner, row.pk, by=ada)


def test_what_the_form_does_not_show_is_kept(at_diner: Employer, ada: Identity) -> None:
    walk_in = {"place": "Here", "hours": ["Mon 09:00-10:00"], "until": "2027-03-01"}
    published = {"walk_in": walk_in, "time_zone": "America/New_York"}
    PolicyVersion.objects.create(published=published)
    with clock_at(NOON + dt.timedelta(minutes=1)):
        changed(at_diner, ada, wait_days=3)
    kept = PolicyVersion.objects.order_by("-id")[0].published
    assert kept["walk_in"]["until"] == "2027-03-01"
    assert kept["time_zone"] == "America/New_York"
