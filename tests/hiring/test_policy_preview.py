from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.contact_setup import Change, fields_of, read_change
from sincerely.hiring.models import Job, Stage
from sincerely.hiring.policy_preview import Preview, preview_of
from sincerely.protocol.policy import Policy
from tests.hiring.policies import CALLS, NEW_YEAR, changed

pytestmark = pytest.mark.usefixtures("noon")


def previewed(employer: Employer, job: Job | None = None, **change: Any) -> Preview:
    return preview_of(employer, read_change(employer, fields_of(employer, job) | change, job))


def titles(preview: Preview) -> list[str]:
    """Of each day; where missing the date makes a difference, both."""
    return [
        day.if_kept.title + (f" / {day.if_missed.title}" if day.if_missed else "")
        for day in preview.days
    ]


def test_days_1_8_and_15_are_counted_from_the_day_of_applying(at_diner: Employer) -> None:
    preview = previewed(at_diner)
    assert [(day.number, day.day.day) for day in preview.days] == [(1, 26), (8, 3), (15, 10)]
    assert preview.due_on == dt.date(2026, 12, 3)
    assert titles(preview) == ["Not yet", "E-mail", "E-mail / E-mail"]
    assert preview.days[0].if_kept.text == (
        "You may ask from Thursday, 3 December. You will hear by Thursday, 3 December anyway."
    )


def test_a_missed_date_gives_the_follow_up_where_the_policy_would_still_wait(
    at_diner: Employer,
) -> None:
    preview = previewed(at_diner, wait_days=30)
    assert titles(preview) == ["Not yet", "Not yet", "Not yet / E-mail"]
    missed = preview.days[2].if_missed
    assert missed is not None
    assert missed.text.startswith("They missed the date they gave you.")
    assert "17 December" in preview.days[2].if_kept.text  # the next stage's date


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stance": "no_follow_up_before_promise"}, ["Not yet", "Not yet", "Not yet / E-mail"]),
        (CALLS | {"wait_days": 3}, ["Not yet", "Call", "Call / Call"]),
        (
            CALLS | {"culture": "bold", "contact_role": "owner"},
            ["Call", "Call", "Call / Call"],
        ),
        (
            {"walk_in_place": "12 Harbour Street", "walk_in_hours": "Mon-Fri 14-17"},
            ["Walk in", "Walk in", "Walk in / E-mail"],
        ),
    ],
)
def test_each_kind_of_policy_shows_its_effect(
    at_diner: Employer, change: dict[str, Any], told: list[str]
) -> None:
    assert titles(previewed(at_diner, **change)) == told


def test_a_bold_policy_that_hr_answers_is_noted_and_waits(at_diner: Employer) -> None:
    preview = previewed(at_diner, **CALLS, culture="bold", contact_role="hr")
    assert titles(preview)[0] == "Not yet"
    assert "the normal rules hold" in " ".join(preview.notes)
    # And the applicant reads why, in the words of the rule.
    assert "from HR rarely enjoy it" in " ".join(preview.reasons)
    assert len(preview.reasons) == len(set(preview.reasons))


def test_a_planned_change_is_shown_for_who_applies_on_its_first_day(at_diner: Employer) -> None:
    preview = previewed(at_diner, begins=NEW_YEAR)
    assert [day.day for day in preview.days] == [
        NEW_YEAR,
        dt.date(2027, 1, 8),
        dt.date(2027, 1, 15),
    ]


def test_holidays_of_the_employers_country_move_its_date(at_diner: Employer) -> None:
    christmas_eve = dt.date(2026, 12, 24)
    assert previewed(at_diner, begins=christmas_eve).due_on == dt.date(2027, 1, 4)
    at_diner.country = ""
    assert previewed(at_diner, begins=christmas_eve).due_on == dt.date(2026, 12, 31)


def test_a_job_that_goes_by_its_employer_shows_the_employers_policy_of_that_day(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    changed(at_diner, ada, wait_days=30, begins=NEW_YEAR)
    assert "7 days" in previewed(at_diner, cook, policy_of="employer").sentences[0]
    later = previewed(at_diner, cook, policy_of="employer", begins=NEW_YEAR)
    assert "30 days" in later.sentences[0]
    assert later.notes == []  # the employer's page has them


def test_an_employer_with_one_stage_promises_it_again_and_with_none_nothing(
    at_diner: Employer,
) -> None:
    first = at_diner.stages.order_by("position")[0]
    Stage.objects.exclude(pk=first.pk).delete()
    at_diner.refresh_from_db()
    assert "10 December" in previewed(at_diner).days[2].if_kept.text
    first.delete()
    at_diner.refresh_from_db()
    assert previewed(at_diner).days == []


def test_a_preview_asks_the_database_nothing(
    at_diner: Employer, django_assert_num_queries: Any
) -> None:
    preview_of(at_diner, Change(Policy()))
    with django_assert_num_queries(0):
        preview_of(at_diner, Change(Policy(wait_days=9)))
