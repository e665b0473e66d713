"""Whoever owes applicants a word is reminded: two business days before, once a morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.hiring import debts
from sincerely.hiring.asking import ask
from sincerely.hiring.jobs import sweep_reminders
from sincerely.hiring.models import Application, Job, Reminder, Review
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.reminding import MOST_ROWS, digest_of, is_time, remind
from sincerely.hiring.scoring import ask_for_card
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.conftest import member

Run = Callable[..., list[str]]
Due = Callable[..., Application]
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def due(at_diner: Employer, cook: Job, apply: Callable[..., Application]) -> Due:
    """`due("Jo Smith", dt.date(…))`: who hears by then; `stage=2`: with the hiring manager."""

    def send(name: str, day: dt.date, *, job: Job = cook, stage: int = 1) -> Application:
        one = apply(job, name=name, email=f"{name.lower().replace(' ', '.')}@example.org")
        wanted = job.employer.stages.get(position=stage)
        long_ago = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
        values = {"due_on": day, "stage": wanted, "stage_since": long_ago, "applied_at": long_ago}
        Application.objects.filter(pk=one.pk).update(**values)
        return Application.objects.for_page().get(pk=one.pk)

    return send


@pytest.fixture
def with_hugo(cook: Job, hugo: Identity) -> Identity:
    with cook.employer.scope():
        cook.add_to_team(hugo)
    return hugo


def at(day: int, hour: int = 8, minute: int = 3, month: int = 12) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


def sweep(run: Run, when: dt.datetime) -> None:
    with clock_at(when):
        sweep_reminders(0)
        run(when + dt.timedelta(seconds=1))


def reminders() -> list[Message]:
    return list(Message.objects.filter(kind="reminder").order_by("created_at"))


def told() -> dict[str, str]:
    """The subject of each reminder, by whom it is to."""
    return {message.to_name: message.subject for message in reminders()}


# ── When ───────────────────────────────────────────────────────────────────────────────────────

THURSDAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("when", "due_on", "reminded"),
    [
        (at(30, month=11), THURSDAY, False),  # Monday: three business days before
        (at(1), THURSDAY, True),  # Tuesday: two
        (at(2), THURSDAY, True),
        (at(3), THURSDAY, True),  # on the date
        (at(4), THURSDAY, True),  # and after it, while nobody has told them
        (at(1, 7, 59), THURSDAY, False),
        (at(1, 11, 59), THURSDAY, True),  # the worker was down at 8
        (at(1, 12), THURSDAY, False),
        (at(3), dt.date(2026, 12, 7), True),  # Thursday, for Monday: the weekend does not count
        (at(2), dt.date(2026, 12, 7), False),
        (at(5), dt.date(2026, 12, 7), False),  # nobody is written to on a Saturday
        (at(5), dt.date(2026, 12, 4), False),
        (at(24, month=11), dt.date(2026, 11, 27), True),  # Tuesday; Thursday is Thanksgiving
        (at(23, month=11), dt.date(2026, 11, 27), False),
        (at(26, month=11), dt.date(2026, 11, 27), False),  # on the holiday itself
        (at(3), dt.date(2026, 12, 5), True),  # a date that somebody set on a Saturday
    ],
)
def test_who_is_reminded_when(
    due: Due, run_jobs: Run, when: dt.datetime, due_on: dt.date, reminded: bool
) -> None:
    due("Jo Smith", due_on)
    sweep(run_jobs, when)
    assert bool(told()) == reminded


@pytest.mark.parametrize(
    ("zone", "country", "instant", "morning"),
    [
        ("Asia/Tokyo", "JP", dt.datetime(2026, 11, 30, 23, 3, tzinfo=dt.UTC), True),
        ("Asia/Tokyo", "JP", dt.datetime(2026, 12, 1, 8, 3, tzinfo=dt.UTC), False),
        ("Asia/Kolkata", "IN", dt.datetime(2026, 12, 1, 3, 3, tzinfo=dt.UTC), True),
        ("Europe/Dublin", "IE", dt.datetime(2026, 12, 1, 8, 3, tzinfo=dt.UTC), True),
        ("Europe/Dublin", "IE", dt.datetime(2026, 12, 25, 8, 3, tzinfo=dt.UTC), False),
        ("Asia/Dubai", "AE", dt.datetime(2026, 12, 5, 5, 3, tzinfo=dt.UTC), False),  # Saturday
        ("Pacific/Kiritimati", "", dt.datetime(2026, 12, 4, 18, 3, tzinfo=dt.UTC), False),
        ("Pacific/Kiritimati", "", dt.datetime(2026, 12, 6, 18, 3, tzinfo=dt.UTC), True),
        # The hour that daylight saving time skips or repeats is long over at 8.
        ("America/New_York", "US", dt.datetime(2026, 3, 9, 12, 3, tzinfo=dt.UTC), True),
        ("America/New_York", "US", dt.datetime(2026, 11, 2, 12, 3, tzinfo=dt.UTC), False),
    ],
)
def test_morning_is_where_the_employer_is(
    zone: str, country: str, instant: dt.datetime, morning: bool
) -> None:
    with clock_at(instant):
        assert is_time(Employer(time_zone=zone, country=country)) == morning


# ── Whom, of what ──────────────────────────────────────────────────────────────────────────────


def test_a_hiring_manager_is_reminded_of_who_waits_for_their_word(
    due: Due, with_hugo: Identity, run_jobs: Run
) -> None:
    due("Jo Smith", THURSDAY, stage=2)
    due("Ana Rivera", THURSDAY, stage=1)  # still with the recruiter
    sweep(run_jobs, at(1))
    assert told() == {
        "Hugo": "Jo Smith waits for a word from you",
        "Rosa": "Ana Rivera waits for a word from you",
    }


def test_on_the_date_the_recruiter_owes_it_too(
    due: Due, with_hugo: Identity, run_jobs: Run
) -> None:
    due("Jo Smith", THURSDAY, stage=2)
    sweep(run_jobs, at(2))
    assert set(told()) == {"Hugo"}
    sweep(run_jobs, at(3))
    assert [message.to_name for message in reminders()] == ["Hugo", "Hugo", "Rosa"]


def test_after_the_managers_word_it_is_the_recruiters_turn(
    due: Due, with_hugo: Identity, run_jobs: Run
) -> None:
    jo = due("Jo Smith", THURSDAY, stage=2)
    jo.review(Review.Outcome.DISCUSS, by=with_hugo, reason="Which shift?")
    sweep(run_jobs, at(1))
    assert set(told()) == {"Rosa"}


def test_a_word_that_was_taken_back_is_owed_again(
    due: Due, with_hugo: Identity, run_jobs: Run
) -> None:
    jo = due("Jo Smith", THURSDAY, stage=2)
    with clock_at(at(1, 7)):
        jo.review(Review.Outcome.DECLINE, by=with_hugo, reason="No.")
        jo.undo(by=with_hugo)
    waiting = debts.awaiting_word(
        Application.objects.all(), with_hugo, first_stage=jo.employer.stages.get(position=1).pk
    )
    assert list(waiting) == [jo]
    sweep(run_jobs, at(1))
    assert set(told()) == {"Hugo"}


def test_without_a_hiring_manager_the_recruiter_owes_it(due: Due, run_jobs: Run) -> None:
    due("Jo Smith", THURSDAY, stage=2)
    sweep(run_jobs, at(1))
    assert set(told()) == {"Rosa"}


def test_a_recruiter_on_the_team_is_no_hiring_manager(
    due: Due, cook: Job, ada: Identity, run_jobs: Run
) -> None:
    cook.add_to_team(ada)
    due("Jo Smith", THURSDAY, stage=2)
    sweep(run_jobs, at(1))
    assert set(told()) == {"Rosa"}


def test_a_question_that_waits_is_owed_by_the_recruiter(due: Due, run_jobs: Run) -> None:
    jo = due("Jo Smith", dt.date(2026, 12, 18))
    with clock_at(at(1, 7)):
        ask(jo, Topic.QUESTION, text="Is there parking?")
    sweep(run_jobs, at(1))
    (mail,) = reminders()
    assert "asked: “I have a question”" in mail.text
    assert "answer by Thursday, 3 December" in mail.text
    assert "parking" not in mail.text


def test_admins_are_reminded_of_jobs_that_nobody_owns(
    due: Due, cook: Job, ada: Identity, run_jobs: Run
) -> None:
    Job.objects.filter(pk=cook.pk).update(recruiter=None)
    due("Jo Smith", THURSDAY)
    sweep(run_jobs, at(1))
    assert set(told()) == {"Ada"}


def test_nobody_is_reminded_of_who_has_an_end(
    due: Due, with_hugo: Identity, rosa: Identity, run_jobs: Run
) -> None:
    due("Jo Smith", THURSDAY, stage=2).decline(by=rosa)
    due("Ana Rivera", THURSDAY).decline(by=rosa)
    sweep(run_jobs, at(1))
    assert told() == {}
    assert not Reminder.objects.exists()


def test_another_employers_people_hear_nothing(due: Due, mallory: Identity, run_jobs: Run) -> None:
    due("Jo Smith", THURSDAY)
    sweep(run_jobs, at(1))
    assert set(told()) == {"Rosa"}


@pytest.mark.parametrize(
    "change",
    [
        {"daily_reminders": False},
        {"is_active": False},
    ],
)
def test_who_switched_it_off_or_left_is_not_written_to(
    due: Due, rosa: Identity, run_jobs: Run, change: dict[str, Any]
) -> None:
    due("Jo Smith", THURSDAY)
    with clock_at(at(1)):
        sweep_reminders(0)  # the change comes between the sweep and the job
        Identity.objects.filter(pk=rosa.pk).update(**change)
        run_jobs(at(1))
    assert told() == {}


def test_a_member_who_was_removed_meanwhile_is_not_written_to(
    due: Due, with_hugo: Identity, run_jobs: Run
) -> None:
    due("Jo Smith", THURSDAY, stage=2)
    with clock_at(at(1)):
        sweep_reminders(0)
        Membership.objects.filter(identity=with_hugo).delete()
        run_jobs(at(1))
    assert "Hugo" not in told()


# ── Once ───────────────────────────────────────────────────────────────────────────────────────


def test_one_mail_a_day_for_however_many(due: Due, run_jobs: Run) -> None:
    for name in ("Jo Smith", "Ana Rivera", "Mei Tan"):
        due(name, THURSDAY)
    for hour in (8, 9, 10, 11):
        sweep(run_jobs, at(1, hour))
    (mail,) = reminders()
    assert mail.subject == "3 people wait for a word from you"
    sweep(run_jobs, at(2))
    assert len(reminders()) == 2


def test_what_is_due_first_is_on_top_and_the_rest_is_one_link(due: Due, run_jobs: Run) -> None:
    for number in range(MOST_ROWS + 2):
        due(f"Person {number}", dt.date(2026, 12, 3 - number % 2))
    sweep(run_jobs, at(1))
    (mail,) = reminders()
    assert mail.text.count("Open Person") == MOST_ROWS
    assert "And 2 more, at your desk:" in mail.text
    assert mail.text.index("2 December") < mail.text.index("3 December")


def test_a_reminder_is_no_message_to_an_applicant(due: Due, run_jobs: Run) -> None:
    jo = due("Jo Smith", THURSDAY)
    sweep(run_jobs, at(1))
    (mail,) = reminders()
    assert mail.about_id is None
    mail.settle(Message.State.BOUNCED, source="dsn")
    assert list(debts.unreached(Application.objects.all())) == []
    assert jo.promises.open().count() == 1


def test_a_hostile_name_stays_text(due: Due, run_jobs: Run) -> None:
    jo = due("Jo Smith", THURSDAY)
    Application.objects.filter(pk=jo.pk).update(name='<img src=x>\r\nBcc: all@x" {name}')
    sweep(run_jobs, at(1))
    (mail,) = reminders()
    parsed = message_from_bytes(bytes(mail.raw), policy=policy.default)
    assert parsed["Bcc"] is None
    html = parsed.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_the_number_of_statements_does_not_grow_with_the_rows(
    due: Due, with_hugo: Identity
) -> None:
    membership = Membership.objects.select_related("employer", "identity").get(identity=with_hugo)
    due("Jo Smith", THURSDAY, stage=2)
    for day, more in ((1, ()), (2, ("Ana Rivera", "Mei Tan"))):
        for name in more:
            due(name, THURSDAY, stage=2)
        with clock_at(at(day)), CaptureQueriesContext(connection) as statements:
            assert remind(membership)
        # Asked before? How many words and scorecards, which? Claimed (a savepoint around), mail
        # with its job, and the frame.
        assert len(statements) == 11


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(
    diner: Employer, cook: Job, rosa: Identity, apply: Callable[..., Application]
) -> None:
    jo = apply(cook)
    with diner.scope():
        Application.objects.filter(pk=jo.pk).update(due_on=THURSDAY)
    membership = Membership.objects.select_related("employer", "identity").get(identity=rosa)

    def work(_: int) -> bool:
        try:
            with clock_at(at(1)), diner.scope():
                return remind(membership) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(work, range(4))) == [False, False, False, True]
    with diner.scope():
        assert Message.objects.filter(kind="reminder").count() == 1


def test_at_two_employers_one_person_hears_of_each(
    due: Due, rosa: Identity, hospital: Employer, apply: Callable[..., Application], run_jobs: Run
) -> None:
    hospital.time_zone = "America/New_York"
    hospital.save()
    Membership.objects.create(employer=hospital, identity=rosa, role=Role.RECRUITER)
    member(hospital, "Ines", Role.RECRUITER)
    due("Jo Smith", THURSDAY)
    with hospital.scope():
        nurse = Job.objects.create(title="Nurse", slug="nurse", recruiter=rosa)
        nurse.open(by=rosa)
        one = apply(nurse, name="Ana Rivera")
        Application.objects.filter(pk=one.pk).update(due_on=THURSDAY)
    sweep(run_jobs, at(1))
    assert told() == {"Rosa": "Jo Smith waits for a word from you"}
    with hospital.scope():
        assert told() == {"Rosa": "Ana Rivera waits for a word from you"}


def test_what_the_law_sets_a_day_for_is_owed_in_its_last_days(
    due: Due, diner: Employer, rosa: Identity, cook: Job
) -> None:
    Employer.objects.filter(pk=diner.pk).update(country="CA", subdivision="ON")
    diner.refresh_from_db()
    with clock_at(at(1) - dt.timedelta(days=44)), diner.scope():
        jo = due("Jo Smith", THURSDAY)
        jo.move(diner.stages.get(name="Interview"), by=rosa)
    with diner.scope():
        Application.objects.update(due_on=None)
        membership = Membership.objects.select_related("employer", "identity").get(identity=rosa)
        with clock_at(at(1)):
            digest = digest_of(membership)
    assert [row.action for row in digest.rows] == ["Tell Jo Smith the outcome"]
    assert digest.rows[0].day_in_words.startswith("by law told by")


def test_a_scorecard_that_was_asked_for_is_owed_by_whom_it_was_asked(
    due: Due, with_hugo: Identity, rosa: Identity
) -> None:
    jo = due("Jo Smith", THURSDAY + dt.timedelta(days=30), stage=2)
    membership = Membership.objects.select_related("employer", "identity").get(identity=with_hugo)
    with jo.employer.scope(), clock_at(at(1)):
        ask_for_card(Application.objects.for_page().get(pk=jo.pk), with_hugo, by=rosa)
        assert [row.action for row in digest_of(membership).rows] == ["Score Jo Smith"]
