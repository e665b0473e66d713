from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.answer import answer_of
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.front_desk import Taken, applied_before, give_slip, take_in
from sincerely.hiring.intake import Submission
from sincerely.hiring.lookup import look_up
from sincerely.hiring.models import Application, Candidate, CannotDo, Job, Pin
from sincerely.hiring.pins import check_pin, issue_pin
from sincerely.hiring.receipt_words import receipt_of
from sincerely.hiring.slip import slip_of
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7

pytestmark = pytest.mark.usefixtures("at_diner")
KEY = uuid7()


def walk_in(job: Job, by: Identity, *, note: str = "", same_as: Any = None, **typed: Any) -> Taken:
    fields = {"id": KEY, "name": "Bo Lee", "source": "walk-in"} | typed
    return take_in(job, Submission(**fields), by=by, note=note, same_as=same_as)


def test_somebody_with_neither_phone_nor_mail_is_received_like_any_other(
    cook: Job, rosa: Identity
) -> None:
    bo = walk_in(cook, rosa, note="Knows the griddle.").application
    assert (bo.source, bo.email, bo.phone, bo.stage.name) == ("walk-in", "", "", "New")
    assert bo.promises.get().due_on == bo.due_on
    assert [event.kind for event in bo.events()][-1] == "applied"
    taken_in = bo.events().get(kind="taken_in")
    assert (taken_in.by, taken_in.data["text"]) == ("Rosa", "Knows the griddle.")
    assert not bo.messages().exists()


def test_who_gives_an_address_gets_the_receipt_by_mail(cook: Job, rosa: Identity) -> None:
    bo = walk_in(cook, rosa, email="bo@example.org").application
    assert bo.receipt
    assert bo.receipt.to_address == "bo@example.org"


def test_reference_and_pin_from_the_slip_open_the_status(cook: Job, rosa: Identity) -> None:
    taken = walk_in(cook, rosa)
    found = check_pin(taken.application.reference, taken.pin, caller="192.0.2.1")
    assert found == taken.application


def test_the_same_form_again_is_one_application_one_note_one_pin(cook: Job, rosa: Identity) -> None:
    first = walk_in(cook, rosa, note="Nights.")
    for _ in range(3):
        assert walk_in(cook, rosa, note="Nights.") == first
    assert Application.objects.count() == Candidate.objects.count() == Pin.objects.count() == 1
    kinds = [event.kind for event in first.application.events()]
    assert sorted(kinds) == ["applied", "pin_made", "taken_in"]


def test_the_form_once_more_does_not_bring_a_dead_pin_back(cook: Job, rosa: Identity) -> None:
    taken = walk_in(cook, rosa)
    reprinted = issue_pin(taken.application, key=uuid7(), by=rosa)
    assert walk_in(cook, rosa).pin == ""
    assert check_pin(taken.application.reference, reprinted, caller="192.0.2.1")


def test_the_next_person_typed_over_the_last_is_another_application(
    cook: Job, rosa: Identity
) -> None:
    """With the browser's Back the form still has its key."""
    bo, ann = walk_in(cook, rosa), walk_in(cook, rosa, name="Ann Wu")
    assert bo.application != ann.application
    assert Application.objects.count() == 2


def test_a_job_that_closed_meanwhile_takes_nobody(cook: Job, rosa: Identity) -> None:
    seen = Job.objects.select_related("employer").get(pk=cook.pk)
    cook.pause(by=rosa)
    with pytest.raises(CannotDo, match="takes no applications"):
        walk_in(seen, rosa)
    assert not Application.objects.exists()


# ── the same person twice ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "bo lee", "email": "", "phone": ""},
        {"name": "Robert Lee", "email": "", "phone": "+12125550142"},
        {"name": "Robert Lee", "email": "bo@example.org", "phone": ""},
    ],
)
def test_somebody_like_them_in_this_job_is_seen_before(
    cook: Job, rosa: Identity, typed: dict[str, str]
) -> None:
    bo = walk_in(cook, rosa, email="bo@example.org", phone="+12125550142").application
    form = Submission(id=uuid7(), **typed)
    assert applied_before(cook, form) == [bo]
    server = Job.objects.create(title="Server", slug="server")
    assert applied_before(server, form) == []
    assert applied_before(cook, Submission(id=uuid7(), name="Ann Wu")) == []


def test_a_form_does_not_ask_about_what_it_brought_itself(cook: Job, rosa: Identity) -> None:
    walk_in(cook, rosa)
    assert applied_before(cook, Submission(id=KEY, name="Bo Lee")) == []


def test_what_the_same_person_adds_goes_to_their_application(cook: Job, rosa: Identity) -> None:
    first = walk_in(cook, rosa)
    again = walk_in(cook, rosa, id=uuid7(), email="bo@example.org", same_as=first.application)
    assert again.application == first.application
    assert again.pin != first.pin
    assert Application.objects.count() == 1
    bo = Application.objects.get()
    assert bo.email == "bo@example.org"
    assert bo.candidate.email == "bo@example.org"
    assert bo.messages().filter(kind="applied_again").count() == 1
    assert bo.events().filter(kind="applied_again").count() == 1


def test_an_address_that_is_known_is_not_overwritten(cook: Job, rosa: Identity) -> None:
    first = walk_in(cook, rosa, email="bo@example.org", phone="+12125550142")
    more = {"email": "mallory@example.org", "phone": "+12125550199"}
    walk_in(cook, rosa, id=uuid7(), same_as=first.application, **more)
    bo = Application.objects.get()
    assert (bo.email, bo.phone) == ("bo@example.org", "+12125550142")


def test_an_address_of_somebody_else_stays_with_them(
    cook: Job, jo: Application, rosa: Identity
) -> None:
    first = walk_in(cook, rosa)
    walk_in(cook, rosa, id=uuid7(), email=jo.email, same_as=first.application)
    first.application.refresh_from_db()
    assert first.application.candidate_id != jo.candidate_id
    assert Candidate.objects.filter(email=jo.email).count() == 1


def test_an_address_that_applied_meanwhile_is_added_and_told(
    cook: Job, jo: Application, rosa: Identity
) -> None:
    taken = walk_in(cook, rosa, email=jo.email)
    assert taken.application == jo
    assert jo.messages().filter(kind="applied_again").count() == 1


# ── the slip is the receipt ──────────────────────────────────────────────────────────────────────


def test_printed_is_not_handed_over(cook: Job, rosa: Identity, at_diner: Employer) -> None:
    bo = walk_in(cook, rosa).application
    assert receipt_of(bo) is None
    at = dt.datetime(2026, 11, 26, 19, 2, tzinfo=dt.UTC)
    key = uuid7()
    with clock_at(at):
        for _ in range(3):
            give_slip(bo, key=key, by=rosa)
    receipt = receipt_of(bo)
    assert receipt
    said = "Handed over on paper on Thursday, 26 November, at 14:02 by Rosa."
    assert (receipt.sentence, receipt.unreached) == (said, False)
    assert bo.events().filter(kind="slip_given").count() == 1
    assert said in answer_of(bo)[0]
    assert contact_advice(bo).facts.receipt == "arrived"


@pytest.mark.parametrize(
    ("source", "said"),
    [("paper", "Sent by post"), ("phone", "Read out on the phone"), ("other", "Handed over")],
)
def test_a_slip_goes_the_way_the_application_came(
    cook: Job, rosa: Identity, source: str, said: str
) -> None:
    bo = walk_in(cook, rosa, source=source).application
    give_slip(bo, key=uuid7(), by=rosa)
    assert receipt_of(bo).sentence.startswith(said)  # type: ignore[union-attr]


def test_a_slip_reaches_whom_the_mail_did_not(jo: Application, rosa: Identity) -> None:
    jo.receipt.settle("bounced", source="dsn", evidence="5.1.1")  # type: ignore[union-attr]
    assert receipt_of(jo).unreached  # type: ignore[union-attr]
    give_slip(jo, key=uuid7(), by=rosa)
    assert receipt_of(jo).state == "given"  # type: ignore[union-attr]


def test_the_slip_says_what_the_applicant_may_know(cook: Job, rosa: Identity) -> None:
    bo = walk_in(cook, rosa).application
    before = slip_of(bo)
    bo.decline(by=rosa)
    bo = Application.objects.for_page().get(pk=bo.pk)
    held = slip_of(bo)
    assert held.status.sentence == before.status.sentence
    assert held.reference == f"{bo.reference[:4]} {bo.reference[4:7]} {bo.reference[7:]}"
    assert held.address.endswith("/status/")
    assert "://" not in held.address


# ── the same rights as any other ─────────────────────────────────────────────────────────────────


def test_the_visit_that_brought_the_application_uses_no_follow_up_up(
    cook: Job, rosa: Identity
) -> None:
    bo = walk_in(cook, rosa).application
    advice = contact_advice(bo)
    assert advice.used is None
    assert advice.facts.contacts == ()


def test_somebody_without_an_address_is_found_by_name_and_reference(
    cook: Job, rosa: Identity
) -> None:
    bo = walk_in(cook, rosa).application
    for scrap in ("bo lee", "Lee, B", bo.reference, bo.reference[:6]):
        assert [found.reference for found in look_up(scrap)] == [bo.reference], scrap


def test_who_has_no_address_is_untold_until_somebody_said_it(cook: Job, rosa: Identity) -> None:
    bo = walk_in(cook, rosa).application
    bo.decline(by=rosa)
    bo = Application.objects.for_page().get(pk=bo.pk)
    later = bo.closure.shown_at + dt.timedelta(minutes=1)  # type: ignore[union-attr]
    cook.begin_closing(by=rosa)
    with clock_at(later):
        assert not cook.close_if_all_told()
        bo.log_call("visit", by=rosa, told=True)  # type: ignore[arg-type]
    assert bo.closure.told_how == "in a visit with Rosa"  # type: ignore[union-attr]
    assert Job.objects.get(pk=cook.pk).state == "closed"
