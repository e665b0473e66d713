"""An incident is answered, solved, or admitted to be late."""

from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.debts import failed as owed_to
from sincerely.hiring.models import Application, Call, CannotDo, Failure, Job
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from sincerely.support.jobs import sweep_incidents
from sincerely.support.models import Incident
from sincerely.support.noting import note
from tests.plugins.jobs import run_due_jobs
from tests.support.conftest import DAY, TUESDAY, failed, fresh, tell


@pytest.fixture
def incident(jo: Application) -> Incident:
    """Our system failed Jo on Tuesday, and she asked support the same day."""
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        return tell(known.code)


def sweep() -> None:
    sweep_incidents(0)
    run_due_jobs()


def test_a_reply_goes_out_and_the_verdict_knows(
    incident: Incident, jo: Application, at_diner: Employer
) -> None:
    with clock_at(TUESDAY):
        incident.reply("It is mended.", by="Operator", solves=True)
        mail = Message.objects.get(kind="support_reply")
        assert "It is mended." in mail.text
        assert incident.steps.get(kind="replied").message_key == mail.pk
        advice = contact_advice(jo)
        assert advice.facts.incident
        assert advice.facts.incident.solved_on == dt.date(2026, 11, 24)
        assert not advice.asking.rule.startswith("incident")


def test_a_reply_that_solves_nothing_leaves_it_with_support(
    incident: Incident, jo: Application, at_diner: Employer
) -> None:
    with clock_at(TUESDAY):
        incident.reply("We are still looking.", by="Operator", solves=False)
        assert contact_advice(jo).asking.rule == "incident-support"
        assert contact_advice(jo).asking.action == "ask_support"


def test_support_may_say_that_a_claim_is_true(jo: Application, at_diner: Employer) -> None:
    claimed = tell(reference=jo.reference)
    claimed.reply("You are right.", by="Operator", solves=True, is_ours=True)
    assert Failure.objects.get().pk == claimed.pk


def test_who_asked_gets_an_answer_before_it_is_solved(incident: Incident) -> None:
    with pytest.raises(CannotDo, match="they get an answer"):
        incident.solve(by="Operator")
    incident.reply("Once more.", by="Operator", solves=False)
    incident.solve(by="Operator", note="A full disk.")
    with pytest.raises(CannotDo, match="solved already"):
        incident.solve(by="Operator")


def test_without_an_address_nobody_can_be_answered(cook: Job) -> None:
    unknown = note(failed())
    assert unknown
    with pytest.raises(CannotDo, match="no address"):
        unknown.reply("Hello?", by="Operator", solves=False)


def test_a_reply_that_comes_back_is_owed_again(
    incident: Incident, jo: Application, at_diner: Employer
) -> None:
    with clock_at(TUESDAY):
        incident.reply("It is mended.", by="Operator", solves=True)
        mail = Message.objects.get(kind="support_reply")
        mail.settle(Message.State.BOUNCED, source="dsn", evidence="5.1.1")
        incident.refresh_from_db()
        assert incident.waits
        assert contact_advice(jo).asking.rule == "incident-wait"


def test_until_the_day_is_over_at_the_employers_place_nothing_happens(
    incident: Incident, jo: Application
) -> None:
    # 03:00 on Thursday in UTC: Wednesday, 22:00 in New York.
    with clock_at(dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC)):
        sweep()
    incident.refresh_from_db()
    assert incident.escalated_at is None


def test_silence_tells_the_applicant_and_the_employer(
    incident: Incident, jo: Application, rosa: Identity, at_diner: Employer
) -> None:
    with clock_at(TUESDAY + 3 * DAY):  # Friday: open again after Thanksgiving
        sweep()
        sweep()
        late = Message.objects.get(kind="support_late")
        assert "You may now call Blue Spoon Diner once" in late.text
        advice = contact_advice(jo)
        assert advice.asking.rule == "incident-escalate"
        assert advice.may_ask
        (failure,) = owed_to(at_diner.jobs.all())  # type: ignore[attr-defined]
        assert "I pressed send." in failure.notes
        jo.log_call(Call.Kind.CALL, by=rosa)
        assert jo.follow_ups.get().about == "incident"
        assert contact_advice(fresh(jo)).asking.rule == "once"


def test_asking_on_the_page_is_the_one_contact_too(
    incident: Incident, jo: Application, at_diner: Employer
) -> None:
    with clock_at(TUESDAY + 3 * DAY):
        sweep()
        assert ask(jo, Topic.STATUS).about == "incident"
        assert not contact_advice(fresh(jo)).may_ask


def test_our_silence_makes_a_claim_ours_too(jo: Application, at_diner: Employer) -> None:
    with clock_at(TUESDAY):
        tell(reference=jo.reference)
    with clock_at(TUESDAY + 3 * DAY):
        sweep()
        assert contact_advice(jo).asking.rule == "incident-escalate"


@pytest.mark.django_db
def test_outside_of_any_employer_lateness_is_admitted_and_there_is_nobody_to_call() -> None:
    with clock_at(TUESDAY):
        incident = tell()
    with clock_at(TUESDAY + 3 * DAY):
        assert incident.escalate()
        assert not incident.escalate()


def test_the_employer_can_help_and_support_hears_of_it(
    incident: Incident, jo: Application, rosa: Identity, at_diner: Employer
) -> None:
    with clock_at(TUESDAY + 3 * DAY):
        sweep()
        failure = Failure.objects.get()
        failure.settle(by=rosa, note="Took it in by mail.")
        with pytest.raises(CannotDo):
            failure.settle(by=rosa)
        incident.refresh_from_db()
        assert incident.solved_at
        assert incident.steps.get(kind="helped").text == "Took it in by mail."
        assert not owed_to(at_diner.jobs.all())  # type: ignore[attr-defined]
