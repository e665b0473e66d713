"""The figures say what the rows say, and what they leave out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask, write_again
from sincerely.hiring.figures import Figures
from sincerely.hiring.models import Application, Call, FollowUp, Job
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.period import Period
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

DAY = dt.timedelta(days=1)
Apply = Callable[..., Application]
pytestmark = pytest.mark.usefixtures("at_diner")


def figures(employer: Employer, job: Job | None = None, *, days: int = 30) -> Figures:
    today = clock.today(employer.time_zone)
    ahead = today + dt.timedelta(days=60)
    return Figures(employer, Period(today - dt.timedelta(days=days), ahead, "UTC"), job)


def arrive(application: Application, state: str = "delivered", *, kind: str = "") -> None:
    messages = application.messages().unsent()
    for message in messages.filter(kind=kind) if kind else messages:
        message.settle(Message.State(state), source="dsn", at=clock.now())


@pytest.fixture
def people(cook: Job, apply: Apply) -> list[Application]:
    """Three who applied ten days ago; their receipts arrived, but for the last one's."""
    with clock_at(now() - 10 * DAY):
        sent = [apply(cook, name=n, email=f"{n}@example.org") for n in ("Ana", "Lee", "Kim")]
        for application in sent[:2]:
            arrive(application)
        arrive(sent[2], "bounced")
    return sent


# ── Promises ────────────────────────────────────────────────────────────────────────────────────


def test_a_promise_is_kept_by_proof_on_its_day_and_missed_without(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana, lee, _ = people
    for application in people:
        application.promises.update(due_on=clock.today("UTC") - 2 * DAY)
    with clock_at(now() - 3 * DAY):
        ana.log_call(Call.Kind.CALL, by=rosa, told=True)
    lee.log_call(Call.Kind.CALL, by=rosa, told=True)
    promises = figures(diner).promises()
    assert (promises.kept, promises.missed) == (1, 1)
    assert promises.share == 0.5
    # Kim's came due without proof either way; the calls gave two new dates that still run.
    assert (promises.unproven, promises.running) == (1, 2)
    assert sum(step.kept + step.missed for step in promises.steps) == 2


def test_a_missed_date_counts_from_the_moment_it_was_found(
    diner: Employer, jo: Application
) -> None:
    jo.promises.update(due_on=clock.today("UTC") - DAY, missed_at=now())
    assert figures(diner).promises().share == 0.0


def test_what_no_applicant_knows_of_is_no_promise(
    diner: Employer, jo: Application, rosa: Identity
) -> None:
    jo.move(jo.next_stage(), by=rosa)  # held for undo
    promises = figures(diner).promises()
    assert (promises.running, promises.share) == (1, None)


def test_who_withdrew_is_owed_nothing(diner: Employer, jo: Application) -> None:
    jo.withdraw()
    promises = figures(diner).promises()
    assert (promises.kept, promises.missed, promises.running, promises.unproven) == (0, 0, 0, 0)


def test_a_week_without_a_promise_is_a_gap_and_not_left_out(
    diner: Employer, people: list[Application]
) -> None:
    ana, lee, _ = people
    for application, weeks in ((ana, 4), (lee, 1)):
        day = clock.today("UTC") - weeks * 7 * DAY
        application.promises.update(due_on=day, outcome="kept")
    steps = figures(diner).promises().steps
    assert [step.kept for step in steps] == [1, 0, 0, 1]
    assert {step.first.isoweekday() for step in steps} == {1}


def test_a_long_period_is_cut_into_months(diner: Employer, jo: Application) -> None:
    assert not figures(diner).promises().by_month
    assert figures(diner, days=300).promises().by_month


# ── Answers and receipts ────────────────────────────────────────────────────────────────────────


def test_a_receipt_is_no_human_answer_but_a_decision_that_arrived_is(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana, lee, kim = people
    with clock_at(now() - 8 * DAY):
        ana.move(ana.next_stage(), by=rosa)
    with clock_at(now() - 8 * DAY + dt.timedelta(hours=1)):
        arrive(ana)
    with clock_at(now() - 4 * DAY):
        lee.log_call(Call.Kind.CALL, by=rosa, by_us=True)
        kim.decline(by=rosa)  # never proven to have arrived
        lee.log_call(Call.Kind.VOICEMAIL, by=rosa)
    answers = figures(diner).answers()
    assert (answers.applications, answers.answered) == (3, 2)
    assert answers.p50 == pytest.approx(4, abs=0.1)
    assert answers.spread == (0, 1, 1, 0, 0, 0)


def test_a_message_that_came_back_told_nobody(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    people[0].decline(by=rosa)
    with clock_at(now() + dt.timedelta(hours=1)):
        arrive(people[0])
        assert figures(diner).answers().answered == 1
        people[0].messages().get(kind="declined").settle("bounced", source="dsn")
        assert figures(diner).answers().answered == 0


def test_who_began_again_waits_from_then_on(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana = people[0]
    with clock_at(now() - 8 * DAY):
        ana.log_call(Call.Kind.CALL, by=rosa)
    Application.objects.filter(pk=ana.pk).update(applied_at=now() - 5 * DAY)
    assert figures(diner).answers().answered == 0
    with clock_at(now() - 3 * DAY):
        ana.log_call(Call.Kind.CALL, by=rosa)
    assert figures(diner).answers().p50 == pytest.approx(2, abs=0.1)


def test_receipts_of_the_last_day_have_time_to_arrive(
    diner: Employer, people: list[Application], cook: Job, apply: Apply
) -> None:
    apply(cook, name="New", email="new@example.org")
    apply(cook, name="Walk-in", email="", phone="+12125550142")
    answers = figures(diner).answers()
    assert (answers.receipts, answers.receipts_proven, answers.without_address) == (3, 2, 1)
    assert answers.receipts_share == pytest.approx(2 / 3)


# ── Stages, sources, follow-ups ─────────────────────────────────────────────────────────────────


def test_time_in_a_stage_is_of_those_who_left_it(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana, lee, _ = people
    with clock_at(now() - 8 * DAY):
        ana.move(ana.next_stage(), by=rosa)
    with clock_at(now() - 4 * DAY):
        lee.decline(by=rosa)
    first, second = figures(diner).stays()
    assert (first.stage, first.ended, first.running) == ("New", 2, 1)
    assert first.p50 == pytest.approx(4, abs=0.1)
    assert (second.ended, second.running, second.p50) == (0, 1, None)


def test_the_funnel_counts_who_came_at_least_so_far(
    diner: Employer, people: list[Application], cook: Job, apply: Apply, rosa: Identity
) -> None:
    friend = apply(cook, name="Sam", email="sam@example.org", source="Friend")
    interview = diner.stages.get(name="Interview")  # type: ignore[attr-defined]
    friend.move(interview, by=rosa)
    friend.hire(by=rosa)
    reached = figures(diner).reached()
    assert reached.funnel == (
        ("Applied", 4),
        ("Review", 1),
        ("Interview", 1),
        ("Offer", 0),
        ("Hired", 1),
    )
    assert [(s.name, s.applications, s.hired) for s in reached.sources] == [
        ("", 3, 0),
        ("Friend", 1, 1),
    ]


def test_only_rows_that_are_there_count_as_interruptions_avoided(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana, lee, kim = people
    ask(ana, Topic.STATUS)
    ask(lee, Topic.QUESTION, text="May I bring my own knives?")
    kim.log_call(Call.Kind.CALL, by=rosa)
    write_again(kim, "And again")
    arrive(kim, kind="answer")
    follow_ups = figures(diner).follow_ups()
    assert follow_ups.channels == (("Status page", 2, 1), ("Call", 1, 1))
    assert (follow_ups.asked, follow_ups.needed_a_person, follow_ups.further) == (3, 2, 1)
    assert follow_ups.avoided == 2
    assert follow_ups.per_100 == 100.0


# ── Now ─────────────────────────────────────────────────────────────────────────────────────────


def test_untold_are_those_whose_end_is_not_proven_to_have_arrived(
    diner: Employer, people: list[Application], rosa: Identity
) -> None:
    ana, *others = people
    ana.decline(by=rosa)
    Application.objects.update(due_on=clock.today("UTC") - 2 * DAY)
    owed = figures(diner).owed()
    assert (owed.untold, owed.late) == (0, len(others))  # hers is held for undo
    with clock_at(now() + 2 * DAY):
        assert figures(diner).owed().untold == 1
        assert figures(diner).told() == (1, 0)
        arrive(ana)
        assert figures(diner).owed().untold == 0
        assert figures(diner).told() == (1, 1)


# ── All of them ─────────────────────────────────────────────────────────────────────────────────


def every(of: Figures) -> list[Any]:
    return [
        of.promises(),
        of.answers(),
        of.stays(),
        of.follow_ups(),
        of.reached(),
        of.owed(),
        of.told(),
    ]


def test_a_job_is_counted_alone(
    diner: Employer, people: list[Application], apply: Apply, rosa: Identity
) -> None:
    job = Job.objects.create(title="Baker", slug="baker", recruiter=rosa)
    job.open(by=rosa)
    nothing = every(figures(diner, job))
    apply(job, name="Sam", email="sam@example.org")
    assert figures(diner, job).answers().applications == 1
    assert figures(diner).answers().applications == 4
    assert nothing[1].applications == 0
    assert nothing[1].p50 is None


def test_another_employer_has_none_of_it(hospital: Employer, people: list[Application]) -> None:
    with hospital.scope():
        _, answers, stays, follow_ups, reached, owed, told = every(figures(hospital))
    assert (answers.applications, stays, follow_ups.asked, owed.untold) == (0, (), 0, 0)
    assert (reached.sources, told) == ((), (0, 0))


def test_each_figure_is_one_statement(diner: Employer, people: list[Application]) -> None:
    every(figures(diner))  # the setup is in memory now
    of = figures(diner)
    with CaptureQueriesContext(connection) as queries:
        every(of)
        every(of)
    assert len(queries) == 7


def test_the_period_is_of_the_employers_days(diner: Employer, jo: Application) -> None:
    """11 at night in New York is the next day in UTC, and still today for the diner."""
    late = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    Application.objects.filter(pk=jo.pk).update(applied_at=late)
    first = dt.date(2026, 3, 1)
    of = Figures(diner, Period(first, first, diner.time_zone))
    assert of.answers().applications == 1
    assert FollowUp.objects.count() == 0
