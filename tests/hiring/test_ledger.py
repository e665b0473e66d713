"""Decided is one line of the ledger, told is another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask, write_again
from sincerely.hiring.ledger import EVER, Line, ledger_between, ledger_of
from sincerely.hiring.models import Application, Call, Job, Promise, Review
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

HOUR = dt.timedelta(hours=1)


def words(application: Application) -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in ledger_of(application)]


def whats(application: Application) -> list[str]:
    return [line.what for line in ledger_of(application)]


def arrive(application: Application, state: str = "delivered", evidence: str = "250 OK") -> None:
    message = application.messages().order_by("-created_at").first()
    message.settle(Message.State(state), source="dsn", evidence=evidence)


@pytest.fixture
def later() -> dt.datetime:
    """When every undo window is over."""
    return now() + HOUR


@pytest.mark.usefixtures("at_diner")
def test_an_application_begins_with_a_receipt_and_a_promise(jo: Application) -> None:
    arrive(jo)
    # A receipt tells nothing new, so there is no line "told".
    assert sorted(whats(jo)) == ["applied", "delivered", "promised", "queued"]
    lines = {line.what: line for line in ledger_of(jo)}
    assert lines["promised"].about == f"the applicant hears by {jo.due_on}"
    assert lines["promised"].by == "sincerely"
    assert "to jo@example.org, Message-ID <" in lines["queued"].evidence
    assert lines["delivered"].evidence == "250 OK"
    assert {line.application for line in lines.values()} == {jo.reference}


@pytest.mark.usefixtures("at_diner")
def test_decided_and_told_are_two_lines(
    jo: Application, rosa: Identity, later: dt.datetime
) -> None:
    jo.decline(by=rosa, note="Too slow on the line.")
    assert ("decided", "Declined") in words(jo)
    assert "told" not in whats(jo)
    with clock_at(later):
        arrive(jo, "relayed")
        arrive(jo)
        *_, relayed, told, delivered = ledger_of(jo)
    assert [relayed.what, told.what, delivered.what] == ["relayed", "told", "delivered"]
    assert (told.about, told.evidence) == ("Declined", "by e-mail, relayed")


@pytest.mark.usefixtures("at_diner")
def test_a_decision_taken_back_stays_in_the_ledger(
    jo: Application, rosa: Identity, later: dt.datetime
) -> None:
    stage = jo.employer.stages.order_by("position")[1]  # type: ignore[attr-defined]
    jo.move(stage, by=rosa)
    jo.undo(by=rosa)
    with clock_at(later):
        assert ("decided", f"moved to {stage.name}") in words(jo)
        assert ("taken back", "the move") in words(jo)
        assert ("skipped", "Moved to a stage") in words(jo)
        # Its date was never told, and so it was never promised.
        assert whats(jo).count("promised") == 1


@pytest.mark.usefixtures("at_diner")
def test_a_promise_names_who_made_it(jo: Application, rosa: Identity, later: dt.datetime) -> None:
    with clock_at(later):
        jo.log_call(Call.Kind.CALL, by=rosa, told=True, note="Sounded tired.")
        promised = [line for line in ledger_of(jo) if line.what == "promised"]
        told = [line for line in ledger_of(jo) if line.what == "told"]
    assert [line.by for line in promised] == ["sincerely", "Rosa"]
    assert [line.evidence for line in told] == ["in a call with Rosa"]


@pytest.mark.usefixtures("at_diner")
def test_nothing_of_notes_reviews_or_what_was_written_is_in_it(
    jo: Application, rosa: Identity, hugo: Identity
) -> None:
    jo.add_note("SECRET", by=rosa)
    jo.review(Review.Outcome.DISCUSS, by=hugo, reason="SECRET")
    ask(jo, Topic.PROBLEM, text="SECRET")
    write_again(jo, "SECRET")
    jo.follow_ups.get().settle(by=rosa, note="SECRET")
    jo.log_call(Call.Kind.VOICEMAIL, by=rosa, note="SECRET")
    jo.decline(by=rosa, note="SECRET")
    assert "SECRET" not in str(list(ledger_of(jo)))
    assert {"asked", "asked again", "answered", "voicemail"} <= set(whats(jo))


@pytest.mark.usefixtures("at_diner")
def test_a_withdrawal_needs_nobody_to_tell_it(jo: Application) -> None:
    jo.withdraw()
    told = [line for line in ledger_of(jo) if line.what == "told"]
    assert [(line.by, line.evidence) for line in told] == [
        ("the applicant", "they withdrew themselves")
    ]


@pytest.mark.usefixtures("at_diner")
def test_lines_are_never_taken_away_only_added(
    jo: Application, rosa: Identity, later: dt.datetime
) -> None:
    """Whatever happens, what the ledger said before it says afterwards."""
    said: list[Line] = []

    def still_said(at: dt.datetime) -> None:
        with clock_at(at):
            lines = list(ledger_of(jo))
        assert [line for line in said if line not in lines] == []
        said[:] = lines

    still_said(now())
    stages = list(jo.employer.stages.order_by("position"))  # type: ignore[attr-defined]
    jo.move(stages[1], by=rosa)
    still_said(now())
    jo.move(stages[2], by=rosa)  # overtakes the first
    still_said(now())
    jo.undo(by=rosa)
    still_said(now())
    with clock_at(later):
        jo.decline(by=rosa)
        still_said(later)
    after = later + HOUR
    with clock_at(after):
        arrive(jo)
        still_said(after)
        arrive(jo, "bounced", "5.1.1 unknown")
        still_said(after)
    assert "bounced" in {line.what for line in said}


def test_an_employers_ledger_has_its_own_lines_alone(
    diner: Employer, hospital: Employer, jo: Application
) -> None:
    assert {line.application for line in ledger_between(diner.pk, *EVER)} == {jo.reference}
    assert list(ledger_between(hospital.pk, *EVER)) == []


def test_a_period_and_a_job_narrow_it(
    diner: Employer, jo: Application, apply: Callable[..., Application], rosa: Identity
) -> None:
    with diner.scope():
        other = Job.objects.create(title="Baker", slug="baker", recruiter=rosa)
        other.open(by=rosa)
    ana = apply(other, name="Ana", email="ana@example.org")
    lines = ledger_between(diner.pk, *EVER, job_id=other.pk)
    assert {(line.application, line.job) for line in lines} == {(ana.reference, "Baker")}
    assert list(ledger_between(diner.pk, EVER[0], now() - HOUR)) == []


@pytest.mark.usefixtures("at_diner")
def test_a_replaced_promise_was_never_made(jo: Application) -> None:
    jo.promises.update(outcome="replaced")
    assert "promised" not in whats(jo)
    assert Promise.objects.count() == 1
