"""Whom somebody vouched for may be contacted once: it is noted when it happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity, Role
from sincerely.hiring.asking import forget_in_touch, invited_contact, note_in_touch
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application, Call, CannotDo, Referral, Vouch
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message
from tests.conftest import member
from tests.hiring.models.test_call import DAY, facts

Kind = Call.Kind


@pytest.fixture
def vouch(at_diner: Employer, jo: Application, refer: Callable[..., Referral]) -> Vouch:
    """Jo's receipt has arrived, and Kim agreed to be called."""
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    found: Vouch = refer().vouches.get()
    found.confirm(until=found.until)
    return found


def test_a_call_with_the_person_who_agreed_was_the_once(
    vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    assert contact_advice(jo).is_vouched
    jo.log_call(Kind.CALL, by=rosa, invited=True)
    noted = jo.follow_ups.get()
    assert (noted.about, noted.counts, noted.answered_by) == ("invited", True, "Kim Adair")
    advice = contact_advice(jo)
    assert not advice.is_vouched
    assert advice.in_touch == noted
    assert advice.verdict.rule == "once"


def test_so_was_one_that_this_very_person_logs(vouch: Vouch, jo: Application) -> None:
    kim = member(jo.employer, "Kim", Role.HIRING_MANAGER)
    jo.log_call(Kind.VOICEMAIL, by=kim)
    assert jo.follow_ups.get().about == "invited"


def test_a_call_with_anybody_else_is_the_follow_up_and_leaves_the_invitation(
    vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    jo.log_call(Kind.CALL, by=rosa)
    assert jo.follow_ups.get().about == "follow_up"
    assert contact_advice(jo).is_vouched


def test_it_is_noted_beside_a_follow_up_that_was_used_before(
    vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    jo.log_call(Kind.CALL, by=rosa)
    noted = note_in_touch(jo, vouch, by="Kim Adair")
    assert not noted.counts
    assert not contact_advice(jo).is_vouched
    assert jo.follow_ups.count() == 2


def test_noted_fifty_times_it_is_one(vouch: Vouch, jo: Application) -> None:
    rows = {note_in_touch(jo, vouch, by="Kim Adair").pk for _ in range(50)}
    assert len(rows) == 1
    assert jo.events().filter(kind="in_touch").count() == 1


def test_nobody_who_does_not_agree_can_have_been_contacted(vouch: Vouch, jo: Application) -> None:
    vouch.revoke(by="Kim Adair")
    with pytest.raises(CannotDo, match="not agreed"):
        note_in_touch(jo, vouch, by="Kim Adair")


def test_a_mistake_is_taken_back_without_a_trace_in_the_verdict(
    vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    before = facts(jo)
    note_in_touch(jo, vouch, by="Kim Adair")
    forget_in_touch(jo, by="Kim Adair")
    forget_in_touch(jo, by="Kim Adair")
    assert facts(jo) == before
    call = jo.log_call(Kind.CALL, by=rosa, invited=True)
    call.take_back(by=rosa)
    assert facts(jo) == before


def test_what_was_followed_by_something_stays(
    vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    note_in_touch(jo, vouch, by="Kim Adair")
    with clock_at(now() + 40 * DAY):
        jo.log_call(Kind.CALL, by=rosa)
        with pytest.raises(CannotDo, match="followed up since"):
            forget_in_touch(jo, by="Kim Adair")


def test_another_colleague_who_agrees_later_may_be_contacted_once_too(
    vouch: Vouch, jo: Application, refer: Callable[..., Referral]
) -> None:
    note_in_touch(jo, vouch, by="Kim Adair")
    with clock_at(now() + 2 * DAY):
        more = {"person": "Lee", "email": "lee@blue-spoon.example"}
        other = refer(referrer_email="sam@blue-spoon.example", contact=more).vouches.get()
        other.confirm(until=other.until)
        assert contact_advice(jo).is_vouched
        assert invited_contact(vouch)
        assert invited_contact(other) is None
