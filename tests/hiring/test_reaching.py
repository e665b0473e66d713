"""Jo cannot be reached, and gives another address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring import debts
from sincerely.hiring.models import Application, Candidate, CannotDo, Job
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.reaching import (
    give_another_address,
    stop_writing_to,
    unreached,
    write_again_to,
)
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.models import Event
from sincerely.outbox.faults import Fault
from sincerely.outbox.models import Message, Suppression

State = Message.State
Run = Callable[..., list[str]]
NEW = "jo@example.net"


@pytest.fixture
def lost(at_diner: Employer, jo: Application) -> Application:
    """Jo, whose receipt came back: nobody is known there."""
    comes_back(jo.receipt)
    return jo


def comes_back(message: Message | None, evidence: str = "failed 5.1.1 no such user") -> None:
    assert message
    message.settle(State.SENT, source="smtp reply")
    message.settle(State.BOUNCED, source="dsn", evidence=evidence)


def to(application: Application, address: str) -> list[str]:
    rows = application.messages().filter(to_address=address).order_by("created_at")
    return list(rows.values_list("kind", flat=True))


def test_while_mail_arrives_nothing_is_asked_for(at_diner: Employer, jo: Application) -> None:
    assert unreached(jo) is None
    with pytest.raises(CannotDo, match="No mail has come back"):
        give_another_address(jo, NEW, by=APPLICANT)
    jo.refresh_from_db()
    assert jo.email == "jo@example.org"


def test_what_came_back_is_known_with_its_reason(lost: Application) -> None:
    found = unreached(lost)
    assert found
    assert (found.address, found.fault, found.is_wrong) == (lost.email, Fault.UNKNOWN, True)
    assert list(debts.unreached(Application.objects.all())) == [lost]


def test_the_receipt_goes_to_the_new_address_and_nothing_to_the_old_one(lost: Application) -> None:
    before = to(lost, "jo@example.org")
    give_another_address(lost, NEW, by=APPLICANT)
    assert to(lost, NEW) == ["receipt"]
    assert to(lost, "jo@example.org") == before
    assert lost.receipt.text == lost.messages().earliest("created_at").text  # type: ignore[union-attr]
    assert unreached(lost) is None
    assert list(debts.unreached(Application.objects.all())) == []


def test_a_decision_that_was_lost_goes_there_too_and_proves_that_they_know(
    lost: Application, rosa: Identity
) -> None:
    closure = lost.decline(by=rosa)
    with clock_at(now() + lost.employer.undo_window):
        comes_back(closure.message)
        give_another_address(lost, NEW, by=APPLICANT)
        assert sorted(to(lost, NEW)) == ["declined", "receipt"]
        copy = lost.messages().get(kind="declined", to_address=NEW)
        assert closure.message
        assert copy.text == closure.message.text
        copy.settle(State.DELIVERED, source="dsn")
    assert lost.closure.told_at  # type: ignore[union-attr]


def test_a_date_that_was_lost_is_promised_by_the_copy(
    lost: Application, at_diner: Employer, rosa: Identity
) -> None:
    entry = lost.move(at_diner.stages.get(name="Interview"), by=rosa)
    with clock_at(now() + at_diner.undo_window):
        comes_back(entry.message)
        give_another_address(lost, NEW, by=rosa)
    copy = lost.messages().get(kind="moved", to_address=NEW)
    promise = lost.promises.get(message=copy)
    copy.settle(State.DELIVERED, source="dsn")
    promise.refresh_from_db()
    assert promise.outcome == "open"  # told of by this mail, and so not kept by it


def test_what_is_still_held_goes_to_the_new_address_unseen(
    lost: Application, rosa: Identity
) -> None:
    closure = lost.decline(by=rosa)
    give_another_address(lost, NEW, by=APPLICANT)
    held = Message.objects.get(pk=closure.message.pk)  # type: ignore[union-attr]
    assert (held.to_address, held.state) == (NEW, State.QUEUED)
    assert b"To: Jo Smith <jo@example.net>" in bytes(held.raw)
    assert to(lost, NEW) == ["declined", "receipt"]  # the held one, written first; no copy of it


def test_the_applicant_s_link_changes_one_application_and_a_recruiter_all_open_ones(
    lost: Application, apply: Callable[..., Application], at_diner: Employer, rosa: Identity
) -> None:
    waiter = Job.objects.create(title="Waiter", slug="waiter", recruiter=rosa)
    waiter.open(by=rosa)
    waiter = Job.objects.select_related("employer", "recruiter").get(pk=waiter.pk)
    other = apply(waiter)
    give_another_address(lost, NEW, by=APPLICANT)
    other.refresh_from_db()
    assert other.email == "jo@example.org"
    assert Candidate.objects.get().email == "jo@example.org"

    give_another_address(other, "jo@example.com", by=rosa)
    assert Candidate.objects.get().email == "jo@example.com"
    comes_back(lost.receipt)
    Application.objects.filter(pk=lost.pk).update(email="jo@example.com")
    lost.refresh_from_db()
    give_another_address(other, "jo@example.de", by=rosa)
    lost.refresh_from_db()
    assert lost.email == "jo@example.de"


def test_an_address_of_another_person_stays_that_person_s(
    lost: Application, cook: Job, apply: Callable[..., Application], rosa: Identity
) -> None:
    apply(cook, email=NEW)
    give_another_address(lost, NEW, by=rosa)
    assert lost.email == NEW
    assert Candidate.objects.get(pk=lost.candidate_id).email == "jo@example.org"


def test_a_message_to_an_address_without_mail_is_a_debt(
    at_diner: Employer, jo: Application, rosa: Identity, run_jobs: Run
) -> None:
    stop_writing_to("jo@example.org", "Asked us on the phone", by=rosa)
    jo.move(jo.next_stage(), by=rosa)
    with clock_at(now() + at_diner.undo_window):
        run_jobs()
    assert jo.events().filter(kind="not_reached").exists()
    assert list(debts.unreached(Application.objects.all())) == [jo]
    found = unreached(jo)
    assert found
    assert found.why == "asked us on the phone"


def test_what_was_taken_back_is_no_debt(
    jo: Application, at_diner: Employer, rosa: Identity
) -> None:
    jo.move(jo.next_stage(), by=rosa)
    jo.undo(by=rosa)
    assert list(debts.unreached(Application.objects.all())) == []
    assert unreached(jo) is None


def test_their_own_word_lifts_what_stops_mail_and_a_recruiter_gives_a_reason(
    lost: Application, rosa: Identity
) -> None:
    row = Suppression.objects.suppress("jo@example.org", "Two mails came back")
    with pytest.raises(CannotDo, match="Write again"):
        give_another_address(lost, "jo@example.org", by=rosa)
    assert write_again_to(row, by=rosa, why="Jo made room")
    assert not write_again_to(row, by=rosa, why="once more")
    Suppression.objects.suppress("jo@example.org", "Two mails came back")
    give_another_address(lost, "jo@example.org", by=APPLICANT)
    assert Suppression.objects.stopping("jo@example.org") is None
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"address_lifted", "address_given"} <= kinds


def test_the_same_address_may_do_once_there_is_room(lost: Application) -> None:
    give_another_address(lost, "jo@example.org", by=APPLICANT)
    assert to(lost, "jo@example.org") == ["receipt", "receipt"]
    assert unreached(lost) is None
    with clock_at(now().replace(year=now().year + 1)):
        comes_back(lost.receipt)
        assert unreached(lost)


def test_nobody_lifts_what_another_person_asked_for(lost: Application) -> None:
    Suppression.objects.suppress("mallory@example.net", "Marked a mail of ours as unwanted (spam)")
    with pytest.raises(CannotDo, match="Give us another one"):
        give_another_address(lost, "mallory@example.net", by=APPLICANT)
    assert Suppression.objects.stopping("mallory@example.net")
