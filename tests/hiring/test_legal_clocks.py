from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.documents.jobs import sweep_files_of
from sincerely.documents.models import Document
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.jobs import sweep_kept_files, sweep_promises, sweep_reminders
from sincerely.hiring.ledger import ledger_of
from sincerely.hiring.legal_clocks import deadlines, interviewed, running_in, told_by_law
from sincerely.hiring.models import Application, Call, Job, Promise
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db
MET_ON = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)  # 19 November, 22:00 in Toronto
TOLD_BY = dt.date(2027, 1, 3)


def move_to(diner: Employer, **place: Any) -> None:
    Employer.objects.filter(pk=diner.pk).update(**place)
    diner.refresh_from_db()


@pytest.fixture
def in_ontario(diner: Employer) -> Iterator[Employer]:
    move_to(diner, time_zone="America/Toronto", country="CA", subdivision="ON")
    with diner.scope():
        yield diner


@pytest.fixture
def met(in_ontario: Employer, jo: Application, rosa: Identity) -> Application:
    """Jo came into the stage for interviews late on 19 November."""
    with clock.clock_at(MET_ON):
        jo.move(in_ontario.stages.get(name="Interview"), by=rosa)
    return fresh(jo)


def fresh(application: Application) -> Application:
    found: Application = Application.objects.for_page().get(pk=application.pk)
    return found


def test_who_was_interviewed_is_told_within_45_days_by_the_employers_calendar(met):
    deadline = told_by_law(met)
    assert (deadline.day, deadline.law.place) == (TOLD_BY, "Ontario")
    assert deadlines(met.employer, [met.pk]) == {met.pk: deadline}


def test_the_last_interview_counts(met, rosa):
    with clock.clock_at(MET_ON + dt.timedelta(days=3)):
        met.move(met.employer.stages.get(name="Offer"), by=rosa)
    with clock.clock_at(MET_ON + dt.timedelta(days=10)):
        met.move(met.employer.stages.get(name="Interview"), by=rosa)
    assert told_by_law(fresh(met)).day == TOLD_BY + dt.timedelta(days=10)


def test_who_was_not_interviewed_waits_for_no_law(in_ontario, jo):
    assert told_by_law(jo) is None
    assert not interviewed(Application.objects.all(), in_ontario).exists()


@pytest.mark.parametrize(
    "place",
    [
        {"employees": 24},
        {"subdivision": "QC"},
        {"country": "US", "subdivision": "NY"},
    ],
)
def test_where_no_law_holds_nothing_runs_and_nothing_is_asked(met, place):
    move_to(met.employer, **place)
    with CaptureQueriesContext(connection) as statements:
        assert told_by_law(met) is None
        assert deadlines(met.employer, [met.pk]) == {}
        assert running_in(met.job) is None
        assert list(interviewed(Application.objects.all(), met.employer)) == []
        assert interviewed(Application.objects.all(), met.employer).count() == 0
    assert len(statements) <= 1  # the job's own employer


def test_a_decision_stops_nothing_until_it_is_told(met, rosa):
    met.decline(by=rosa)
    assert told_by_law(fresh(met)).day == TOLD_BY
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        fresh(met).log_call(Call.Kind.CALL, by=rosa, told=True)
    assert told_by_law(fresh(met)) is None


def test_a_decision_taken_back_lets_it_run_on(met, rosa):
    met.decline(by=rosa)
    fresh(met).undo(by=rosa)
    assert [each.pk for each in interviewed(Application.objects.all(), met.employer)] == [met.pk]


def test_the_job_says_how_many_wait_and_until_when(met, apply, rosa):
    lee = apply(met.job, name="Lee", email="lee@example.org")
    with clock.clock_at(MET_ON + dt.timedelta(days=2)):
        lee.move(met.employer.stages.get(name="Interview"), by=rosa)
    job = Job.objects.select_related("employer").get(pk=met.job_id)
    running = running_in(job)
    assert (running.count, running.first.day) == (2, TOLD_BY)


def test_when_the_laws_time_is_over_the_protocol_knows(met):
    Promise.objects.update(due_on=dt.date(2027, 3, 1))
    met.receipt.settle(Message.State.DELIVERED, source="dsn")
    rules = {}
    for day in (44, 46):
        with clock.clock_at(MET_ON + dt.timedelta(days=day)):
            rules[day] = contact_advice(fresh(met)).asking.rule
    assert rules[44] != "ontario-45-days"
    assert rules[46] == "ontario-45-days"


def test_the_ledger_says_until_when_the_records_are_kept(met, rosa):
    kept = {line.kept_until for line in ledger_of(met)}
    assert kept == {None}, "nothing may go as long as it is open"
    told_at = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    with clock.clock_at(told_at - dt.timedelta(hours=1)):
        met.decline(by=rosa)
    with clock.clock_at(told_at):
        fresh(met).log_call(Call.Kind.CALL, by=rosa, told=True)
    assert {line.kept_until for line in ledger_of(met)} == {None}, "the job is still advertised"
    with clock.clock_at(told_at + dt.timedelta(days=2)):
        Job.objects.get(pk=met.job_id).pause(by=rosa)
    with clock.clock_at(told_at + dt.timedelta(days=9)):
        Job.objects.get(pk=met.job_id).begin_closing(by=rosa)
    assert {line.kept_until for line in ledger_of(met)} == {dt.date(2029, 12, 3)}
    move_to(met.employer, subdivision="QC")
    assert {line.kept_until for line in ledger_of(fresh(met))} == {None}


def test_no_sweep_deletes_what_has_to_be_kept(met, rosa):
    """Years on, with every sweep run: the application, what was said of it, and what was sent."""
    resume = Document.objects.receive(ContentFile(b"%PDF-1.4 it"), name="jo.pdf", kind="pdf")
    Application.objects.filter(pk=met.pk).update(document=resume)
    with clock.clock_at(MET_ON + dt.timedelta(days=1)):
        fresh(met).decline(by=rosa)

    def counts() -> list[int]:
        return [model.objects.count() for model in (Application, Event, Message, Job)]

    before = counts()
    with clock.clock_at(MET_ON + dt.timedelta(days=1_000)):
        for sweep in (sweep_promises, sweep_kept_files, sweep_reminders):
            sweep(timestamp=0)
        sweep_files_of(str(met.employer.pk))
    assert [now >= then for now, then in zip(counts(), before, strict=True)] == [True] * 4
    with resume.open() as file:
        assert file.read() == b"%PDF-1.4 it"
