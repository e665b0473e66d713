from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.links import status_link
from sincerely.hiring.members import remove
from sincerely.hiring.models import Application, CannotDo, Job, Referral, Vouch
from sincerely.hiring.models.vouch import VouchState
from sincerely.hiring.referral_links import Purpose, apply_link, token_of
from sincerely.hiring.referring import referral_of
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message

Refer = Callable[..., Referral]
Apply = Callable[..., Application]
pytestmark = pytest.mark.usefixtures("at_diner")


def sent() -> dict[str, list[str]]:
    """Each kind of mail about referrals, and to whom it went, in order."""
    found: dict[str, list[str]] = {}
    kinds = ("referral", "referral_thanks", "vouch_request", "vouch_given", "vouched")
    for message in Message.objects.filter(kind__in=kinds).order_by("created_at"):
        found.setdefault(message.kind, []).append(message.to_address)
    return found


def text_of(kind: str) -> str:
    return str(Message.objects.filter(kind=kind).latest("created_at").text)


def test_three_people_are_written_to(refer: Refer) -> None:
    referral = refer()
    assert sent() == {
        "referral": ["jo@example.org"],
        "referral_thanks": ["pat@blue-spoon.example"],
        "vouch_request": ["kim@blue-spoon.example"],
    }
    assert apply_link(referral) in text_of("referral")
    assert "may get in touch" not in text_of("referral")
    assert "Kim" not in text_of("referral"), "who has not said yes is named to nobody"
    assert "We ran a kitchen" not in text_of("referral"), "that is for who decides"
    assert "once, by phone at +1 212-555-0142, until" in text_of("vouch_request")


def test_who_has_applied_is_led_to_where_it_stands(refer: Refer, jo: Application) -> None:
    refer()
    assert status_link(jo) in text_of("referral")
    assert "apply/" not in text_of("referral")


@pytest.mark.parametrize("certainty", ["probably", "unsaid"])
def test_less_than_certain_asks_nobody_whatever_else_was_filled_in(
    refer: Refer, certainty: str
) -> None:
    referral = refer(certainty=certainty)
    assert not referral.vouches.exists()
    assert set(sent()) == {"referral", "referral_thanks"}


def test_the_same_form_sent_again_changes_nothing(refer: Refer) -> None:
    key = uuid7()
    for _ in range(3):
        refer(id=key)
    assert Referral.objects.count() == Vouch.objects.count() == 1
    assert {kind: len(to) for kind, to in sent().items()} == {
        "referral": 1,
        "referral_thanks": 1,
        "vouch_request": 1,
    }


def test_the_same_form_changed_to_somebody_else_is_a_second_referral(refer: Refer) -> None:
    """Who goes back to the form finds the same key in it."""
    key = uuid7()
    refer(id=key)
    refer(id=key, name="Sam", email="sam@example.org")
    assert Referral.objects.count() == 2
    assert sent()["referral"] == ["jo@example.org", "sam@example.org"]


def test_probably_becomes_certain_without_a_second_mail_to_the_person(refer: Refer) -> None:
    refer(certainty="probably")
    referral = refer()
    referral.refresh_from_db()
    assert referral.certainty == "certain"
    assert sent()["referral"] == ["jo@example.org"]
    assert sent()["vouch_request"] == ["kim@blue-spoon.example"]


def test_who_has_not_answered_is_asked_once_more_and_a_no_is_a_no(refer: Refer) -> None:
    vouch = refer().vouches.get()
    refer()
    assert len(sent()["vouch_request"]) == 2
    assert Vouch.objects.count() == 1
    vouch.decline()
    refer()
    assert len(sent()["vouch_request"]) == 2
    assert Vouch.objects.count() == 1


def test_what_ended_by_itself_may_be_asked_about_anew(refer: Refer) -> None:
    vouch = refer().vouches.get()
    with clock_at(clock.now() + dt.timedelta(days=20)):
        assert vouch.state_now() == VouchState.UNANSWERED
        refer()
    assert Vouch.objects.count() == 2


@pytest.mark.parametrize("address", ["kim@elsewhere.example", "kim@sub.blue-spoon.example"])
def test_somebody_outside_is_no_vouch(refer: Refer, address: str) -> None:
    with pytest.raises(CannotDo, match="as an address at Blue Spoon Diner"):
        refer(contact={"email": address})
    assert not Referral.objects.exists()
    assert sent() == {}


def test_a_member_may_be_named_whatever_their_address(refer: Refer, hugo: Identity) -> None:
    Identity.objects.filter(pk=hugo.pk).update(email="hugo@gmail.com")
    assert refer(contact={"email": "hugo@gmail.com"}).vouches.get().email == "hugo@gmail.com"


def test_a_member_of_another_employer_is_somebody_outside(refer: Refer, mallory: Identity) -> None:
    with pytest.raises(CannotDo):
        refer(contact={"email": mallory.email})


def test_nobody_is_referred_for_a_job_that_is_not_open(
    refer: Refer, cook: Job, rosa: Identity
) -> None:
    cook.pause(by=rosa)
    with pytest.raises(CannotDo, match="takes no applications just now"):
        refer()


def test_who_applies_by_the_link_is_of_the_referral_whatever_the_address(
    refer: Refer, cook: Job, apply: Apply
) -> None:
    referral = refer()
    jo = apply(cook, email="jo@home.example", referral=referral.pk)
    assert list(Referral.objects.of(jo)) == [referral]


def test_who_applies_without_the_link_is_known_by_the_address(
    refer: Refer, cook: Job, apply: Apply
) -> None:
    referral = refer()
    assert list(Referral.objects.of(apply(cook))) == [referral]


def test_a_link_that_was_passed_on_takes_nothing_from_the_person_themselves(
    refer: Refer, cook: Job, apply: Apply
) -> None:
    referral = refer()
    friend = apply(cook, name="A friend", email="friend@example.org", referral=referral.pk)
    third = apply(cook, name="Another", email="third@example.org", referral=referral.pk)
    jo = apply(cook)
    assert list(Referral.objects.of(friend)) == list(Referral.objects.of(jo)) == [referral]
    assert list(Referral.objects.of(third)) == [], "it leads here once"


def test_who_applies_again_by_the_link_is_tied_to_what_is_there(
    refer: Refer, cook: Job, apply: Apply, jo: Application
) -> None:
    other = refer(email="jo@home.example")
    receive(cook, Submission(id=uuid7(), name="Jo", email="jo@example.org", referral=other.pk))
    assert list(Referral.objects.of(jo)) == [other]


def test_a_link_names_its_referral_only_for_its_job_and_employer(
    refer: Refer, cook: Job, rosa: Identity, hospital: Employer
) -> None:
    referral = refer()
    token = token_of(Purpose.APPLY, referral)
    assert referral_of(cook, token) == referral
    server = Job.objects.create(title="Server", slug="server", recruiter=rosa)
    assert referral_of(server, token) is None
    assert referral_of(cook, token_of(Purpose.REFERRAL, referral)) is None
    assert referral_of(cook, token[:-2]) is None
    with hospital.scope():
        assert referral_of(Job.objects.create(title="Nurse", slug="nurse"), token) is None


def test_nobody_is_sent_to_who_has_left(
    refer: Refer, hugo: Identity, ada: Identity, diner: Employer
) -> None:
    Identity.objects.filter(pk=hugo.pk).update(email="hugo@gmail.com")
    hugo.refresh_from_db()
    vouch = refer(contact={"email": hugo.email, "person": "Hugo"}).vouches.get()
    vouch.confirm(until=vouch.until)
    membership: Any = diner.memberships.select_related("identity", "employer").get(identity=hugo)
    remove(membership, successor=None, by=ada)
    vouch.refresh_from_db()
    assert (vouch.state_now(), vouch.revoked_by) == (VouchState.REVOKED, "Ada")


def test_who_only_gives_up_the_desk_may_still_be_contacted(
    refer: Refer, hugo: Identity, ada: Identity, diner: Employer
) -> None:
    vouch = refer(contact={"email": hugo.email, "person": "Hugo"}).vouches.get()
    vouch.confirm(until=vouch.until)
    membership: Any = diner.memberships.select_related("identity", "employer").get(identity=hugo)
    remove(membership, successor=None, by=ada)
    assert vouch.lock().state_now() == VouchState.STANDING
