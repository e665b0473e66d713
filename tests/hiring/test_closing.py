from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring import closing
from sincerely.hiring.closing import close_out, end_applications, left_out, write, write_lines
from sincerely.hiring.models import Application, CannotDo, CloseOut, Job, Reason
from sincerely.hiring.wording import DEFAULTS, Wording
from sincerely.kernel import clock
from sincerely.outbox.models import Message

Apply = Callable[..., Application]


def run_close_out(job: Job, by: Identity) -> None:
    end_applications(employer_id=str(job.employer_id), job_id=str(job.pk), by=str(by.pk))


def reach(message: Message) -> None:
    message.settle(Message.State.SENT, source="smtp reply")
    message.settle(Message.State.RELAYED, source="dsn")


def waiter_of(job: Job, rosa: Identity) -> Job:
    waiter = Job.objects.create(title="Waiter", slug="waiter", recruiter=rosa)
    waiter.open(by=rosa)
    return Job.objects.select_related("employer", "recruiter").get(pk=waiter.pk)


def test_a_job_closes_only_when_everyone_in_it_was_told(
    cook: Job, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    people = [apply(cook, email=f"{n}@example.org") for n in range(3)]
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    assert {person.closure.reason for person in people if person.closure} == {"job_filled"}
    for number, message in enumerate(Message.objects.filter(kind="job_filled")):
        cook.refresh_from_db()
        assert cook.state == "closing", number
        reach(message)
    cook.refresh_from_db()
    assert cook.state == "closed"


def test_a_job_without_applicants_closes_at_once(
    cook: Job, rosa: Identity, at_diner: Employer
) -> None:
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    cook.refresh_from_db()
    assert cook.state == "closed"


def test_the_job_may_run_twice_and_leaves_earlier_ends_alone(
    cook: Job, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    declined, other = apply(cook, email="a@example.org"), apply(cook, email="b@example.org")
    declined.decline(by=rosa)
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    run_close_out(cook, rosa)
    assert declined.closure
    assert declined.closure.reason == "declined"
    assert other.messages().filter(kind="job_filled").count() == 1


def test_a_killed_worker_goes_on_where_it_stopped_and_tells_nobody_twice(
    cook: Job, apply: Apply, rosa: Identity, at_diner: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        apply(cook, email=f"{number}@example.org")
    close_out(cook, by=rosa)
    monkeypatch.setattr(closing, "BATCH", 2)
    real, calls = closing.end, []

    def dies_in_the_second_batch(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(closing, "end", dies_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        run_close_out(cook, rosa)
    assert cook.applications.open().count() == 3
    run_close_out(cook, rosa)
    told = list(Message.objects.filter(kind="job_filled").values_list("to_address", flat=True))
    assert sorted(told) == [f"{number}@example.org" for number in range(5)]


def test_a_job_cannot_be_closed_twice(cook: Job, rosa: Identity, at_diner: Employer) -> None:
    close_out(cook, by=rosa)
    with pytest.raises(CannotDo, match="closing"):
        close_out(cook, by=rosa)


def test_each_stage_reads_its_own_message_and_one_person_a_line_more(
    cook: Job, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    new, ann = apply(cook), apply(cook, name="Ann", email="ann@example.org")
    interview = at_diner.stages.get(name="Interview")
    ann.move(interview, by=rosa, tell=False)
    write(cook, Reason.JOB_FILLED, {interview.pk: Wording("S", "Hello {name},\n\nbye.")}, by=rosa)
    write_lines({ann: "Your {soup} was the best."}, by=rosa)
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    text = ann.messages().get(kind="job_filled").text
    assert text == "Hello Ann,\n\nYour {soup} was the best.\n\nbye."
    assert "The job has now been filled" in new.messages().get(kind="job_filled").text


def test_what_nobody_wrote_by_hand_follows_the_reason(
    cook: Job, jo: Application, rosa: Identity, at_diner: Employer
) -> None:
    write(cook, Reason.JOB_FILLED, {jo.stage_id: DEFAULTS["job_filled"]}, by=rosa)
    write(cook, Reason.JOB_CANCELLED, {jo.stage_id: DEFAULTS["job_filled"]}, by=rosa)
    assert CloseOut.objects.get(job=cook).words == {}
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    assert "decided not to fill this job" in jo.messages().get(kind="job_cancelled").text


def test_an_empty_line_is_given_up(
    cook: Job, jo: Application, rosa: Identity, at_diner: Employer
) -> None:
    write_lines({jo: "Thank you for the soup."}, by=rosa)
    write_lines({jo: "  "}, by=rosa)
    assert closing.lines_of([jo]) == {}


def test_who_holds_an_offer_for_another_job_is_left_out_until_a_person_decides(
    cook: Job, jo: Application, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    hired = apply(waiter_of(cook, rosa))
    hired.hire(by=rosa)
    apply(cook, email="ann@example.org")
    close_out(cook, by=rosa)
    run_close_out(cook, rosa)
    jo.refresh_from_db()
    assert jo.is_open
    assert [(each.pk, offer.pk) for each, offer in left_out(cook)] == [(jo.pk, hired.pk)]
    for message in Message.objects.filter(kind="job_filled"):
        reach(message)
    cook.refresh_from_db()
    assert cook.state == "closing"
    jo.decline(by=rosa)
    reach(jo.messages().get(kind="declined"))
    cook.refresh_from_db()
    assert cook.state == "closed"


def test_an_offer_is_also_who_stands_in_the_last_stage_and_none_a_hire_of_last_year(
    cook: Job, jo: Application, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    other = apply(waiter_of(cook, rosa))
    other.move(at_diner.stages.get(name="Offer"), by=rosa)
    assert [each.pk for each, _ in left_out(cook)] == [jo.pk]
    other.hire(by=rosa)
    with clock.clock_at(clock.now() + dt.timedelta(days=300)):
        assert left_out(cook) == []


def test_whoever_is_hired_gets_no_refusal_that_is_still_held(
    cook: Job, jo: Application, apply: Apply, rosa: Identity, at_diner: Employer
) -> None:
    other = apply(waiter_of(cook, rosa))
    jo.decline(by=rosa)
    other.hire(by=rosa)
    jo.refresh_from_db()
    assert jo.is_open
    assert jo.messages().get(kind="declined").state == "skipped"
    assert jo.events().first().data["why"] == "hired as Waiter"
