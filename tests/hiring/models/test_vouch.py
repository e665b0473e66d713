from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from sincerely.hiring.models import Application, CannotDo, Job, Referral, Vouch
from sincerely.hiring.models.vouch import MOST_DAYS, ContactRole, VouchState
from sincerely.hiring.vouch_words import vouch_words
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from sincerely.protocol.policy import ROLES

Refer = Callable[..., Referral]
Apply = Callable[..., Application]
NOON = dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC)  # noon in New York
TODAY = NOON.date()
UNTIL = dt.date(2026, 3, 16)


def day(days: int) -> dt.datetime:
    return NOON + dt.timedelta(days=days)


@pytest.fixture
def vouch(at_diner: object, refer: Refer) -> Vouch:
    """Kim was asked on 2 March whether Jo may call until 16 March."""
    with clock_at(NOON):
        found: Vouch = refer().vouches.get()
    return found


def messages(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("created_at"))


# What happened on which day → what it is worth on which day, and whether it stands.
DATES = [
    ([], 0, VouchState.WAITING),
    ([], 14, VouchState.WAITING),
    ([], 15, VouchState.UNANSWERED),
    ([("confirm", 1)], 1, VouchState.STANDING),
    ([("confirm", 1)], 14, VouchState.STANDING),
    ([("confirm", 1)], 15, VouchState.ENDED),
    ([("confirm", 14)], 14, VouchState.STANDING),
    ([("decline", 1)], 1, VouchState.DECLINED),
    ([("decline", 1)], 20, VouchState.DECLINED),
    ([("confirm", 1), ("revoke", 3)], 3, VouchState.REVOKED),
    ([("confirm", 1), ("revoke", 3)], 20, VouchState.REVOKED),
    ([("revoke", 3)], 3, VouchState.REVOKED),
    ([("confirm", 1), ("revoke", 20)], 20, VouchState.ENDED),
    ([("decline", 1), ("revoke", 3)], 3, VouchState.DECLINED),
]


@pytest.mark.parametrize(("happened", "on", "state"), DATES)
def test_what_a_vouch_is_worth_by_date(
    vouch: Vouch, jo: Application, happened: list[tuple[str, int]], on: int, state: VouchState
) -> None:
    for verb, days in happened:
        with clock_at(day(days)):
            given = {"confirm": {"until": UNTIL}, "revoke": {"by": "Rosa"}}.get(verb, {})
            getattr(vouch, verb)(**given)
    today = day(on).date()
    vouch.refresh_from_db()
    assert vouch.state(today) == state
    standing = Vouch.objects.standing(jo, today)
    assert (standing is not None) == (state == VouchState.STANDING)
    with clock_at(day(on)):
        assert vouch_words(vouch, today).startswith("Kim Adair ")


def test_probably_is_no_vouch(at_diner: object, refer: Refer, jo: Application) -> None:
    for certainty in ("probably", "unsaid"):
        referral = refer(certainty=certainty, email=f"{certainty}@example.org")
        assert referral.certainty == certainty
    assert not Vouch.objects.exists()
    assert messages("vouch_request") == []


def test_a_day_ends_where_the_employer_is(vouch: Vouch) -> None:
    """At 3 in the morning in London it is still the day before in New York."""
    with clock_at(dt.datetime(2026, 3, 17, 3, tzinfo=dt.UTC)):
        assert vouch.state_now() == VouchState.WAITING
    with clock_at(dt.datetime(2026, 3, 17, 5, tzinfo=dt.UTC)):
        assert vouch.state_now() == VouchState.UNANSWERED


def test_the_protocol_hears_of_it_as_a_fact(vouch: Vouch, jo: Application) -> None:
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    standing = Vouch.objects.standing(jo, day(2).date())
    assert standing is not None
    fact = standing.as_fact()
    assert (fact.person, fact.channel, fact.certain) == ("Kim Adair", "call", True)
    assert (fact.given_on, fact.until) == (dt.date(2026, 3, 3), UNTIL)
    assert (fact.role, fact.referrer) == ("team_member", "Pat Moss")


def test_every_role_is_one_the_protocol_knows() -> None:
    assert set(ContactRole.values) <= set(ROLES)


def test_only_the_first_answer_counts(vouch: Vouch) -> None:
    with clock_at(day(1)):
        vouch.decline()
        for second in (lambda: vouch.confirm(until=UNTIL), vouch.decline):
            with pytest.raises(CannotDo, match="has been answered"):
                second()
    vouch.refresh_from_db()
    assert vouch.confirmed_at is None


def test_a_yes_that_is_taken_back_is_told_to_who_counted_on_it(
    vouch: Vouch, jo: Application
) -> None:
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    with clock_at(day(2)):
        vouch.revoke(by=vouch.person)
        vouch.revoke(by="Rosa")
    (told,) = messages("vouch_revoked")
    assert told.subject == "Kim Adair cannot be contacted about Line cook any more"
    assert vouch.revoked_by == "Kim Adair"


def test_a_question_that_is_taken_back_tells_the_applicant_nothing(
    vouch: Vouch, jo: Application
) -> None:
    with clock_at(day(1)):
        vouch.revoke(by="Rosa")
        with pytest.raises(CannotDo):
            vouch.confirm(until=UNTIL)
    assert messages("vouch_revoked") == []


def test_the_database_knows_no_yes_and_no(vouch: Vouch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Vouch.objects.filter(pk=vouch.pk).update(confirmed_at=NOON, declined_at=NOON)


def test_an_answer_after_the_last_day_is_too_late(vouch: Vouch) -> None:
    with clock_at(day(15)), pytest.raises(CannotDo, match="its days are over"):
        vouch.confirm(until=day(20).date())


@pytest.mark.parametrize(("days", "said"), [(-1, "has passed"), (MOST_DAYS + 1, "far ahead")])
def test_the_last_day_must_be_possible(vouch: Vouch, days: int, said: str) -> None:
    with clock_at(NOON), pytest.raises(CannotDo, match=said):
        vouch.confirm(until=TODAY + dt.timedelta(days=days))
    vouch.refresh_from_db()
    assert vouch.confirmed_at is None


def test_the_person_sets_the_day_and_the_number_as_they_want_them(vouch: Vouch) -> None:
    with clock_at(NOON):
        vouch.confirm(until=day(3).date(), number="+12125550199")
    assert vouch.state(day(3).date()) == VouchState.STANDING
    assert vouch.state(day(4).date()) == VouchState.ENDED
    assert vouch.address == "+12125550199"


def test_who_has_applied_is_told_of_a_yes_and_who_has_not_sees_it_later(
    vouch: Vouch, cook: Job, apply: Apply
) -> None:
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    assert messages("vouched") == []
    jo = apply(cook, email="jo@example.org")
    assert Vouch.objects.standing(jo, TODAY) == vouch


def test_the_applicant_is_told_the_name_the_way_and_the_day(vouch: Vouch, jo: Application) -> None:
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    (told,) = messages("vouched")
    assert told.to_address == "jo@example.org"
    assert told.about_id == jo.pk
    assert told.subject == "You may contact Kim Adair about Line cook"
    assert "by phone at +1 212-555-0142, until Monday, 16 March" in told.text


def test_a_yes_tells_nobody_who_knows_that_it_has_ended(vouch: Vouch, jo: Application) -> None:
    jo.withdraw()
    Vouch.objects.update(until=clock.today("UTC"))
    vouch.confirm(until=clock.today("UTC"))
    assert messages("vouched") == []


def test_a_yes_tells_the_same_while_a_decision_is_held(
    vouch: Vouch, jo: Application, rosa: object
) -> None:
    jo.decline(by=rosa)
    Vouch.objects.update(until=clock.today("UTC"))
    vouch.confirm(until=clock.today("UTC"))
    assert len(messages("vouched")) == 1


def test_a_mail_about_a_vouch_keeps_no_promise(vouch: Vouch, jo: Application) -> None:
    """It says nothing of where the application stands."""
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    for message in Message.objects.all():
        message.settle("delivered", source="dsn", evidence="2.0.0")
    assert {promise.outcome for promise in jo.promises.all()} == {"open"}


def test_a_mail_to_a_colleague_that_bounces_is_nothing_about_the_applicant(
    vouch: Vouch, jo: Application
) -> None:
    (request,) = messages("vouch_request")
    request.settle("bounced", source="dsn", evidence="5.1.1")
    assert not jo.events().filter(kind="not_reached").exists()


def test_of_two_the_newest_yes_stands(vouch: Vouch, refer: Refer, jo: Application) -> None:
    with clock_at(NOON):
        other = refer(referrer_email="sam@blue-spoon.example").vouches.get()
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    with clock_at(day(2)):
        other.confirm(until=UNTIL)
    assert Vouch.objects.standing(jo, day(2).date()) == other


def test_it_stands_for_nobody_else(
    vouch: Vouch, cook: Job, apply: Apply, jo: Application, rosa: object
) -> None:
    with clock_at(day(1)):
        vouch.confirm(until=UNTIL)
    sam = apply(cook, name="Sam", email="sam@example.org")
    nobody = apply(cook, name="No Mail", email="", phone="+12125550100")
    server = Job.objects.create(title="Server", slug="server", recruiter=rosa)
    server.open(by=rosa)
    elsewhere = apply(server)
    today = day(2).date()
    assert Vouch.objects.standing(jo, today)
    for other in (sam, nobody, elsewhere):
        assert Vouch.objects.standing(other, today) is None
