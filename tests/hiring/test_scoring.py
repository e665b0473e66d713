from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity, Membership
from sincerely.hiring.models import Application, CannotDo, Job, Scorecard
from sincerely.hiring.scoring import (
    ask_for_card,
    hand_in,
    owed_by,
    scoring_for,
    stand_aside,
)
from sincerely.kernel import clock
from sincerely.kernel.models import Event

pytestmark = pytest.mark.django_db


def card(application: Application, by: Identity, **given: Any) -> Scorecard:
    """All criteria 3 and a yes, unless something else is given."""
    scores = dict.fromkeys(application.stage.criteria, 3)
    known = {"scores": scores, "recommendation": 3, "reason": f"{by} saw them work."}
    return hand_in(application, by=by, stage_id=application.stage_id, **known | given)


def read_by(application: Application, identity: Identity) -> list[str]:
    """Whose cards a member may read."""
    application.refresh_from_db()
    return [each.identity.name for each in scoring_for(application, identity).cards]


def membership(identity: Identity) -> Membership:
    return Membership.objects.select_related("identity", "employer").get(identity=identity)


@pytest.fixture
def in_review(
    at_diner: Employer, cook: Job, jo: Application, rosa: Identity, hugo: Identity
) -> Application:
    """Jo was moved into Review an hour ago, and Hugo is on the team."""
    cook.add_to_team(hugo)
    with clock.clock_at(clock.now() - dt.timedelta(hours=1)):
        jo.stage_entries.update(at=clock.now())
        jo.move(jo.next_stage(), by=rosa)
    return Application.objects.for_page().get(pk=jo.pk)


def test_nobody_reads_another_card_before_their_own_is_in(in_review, rosa, hugo, ada):
    card(in_review, hugo)
    assert read_by(in_review, rosa) == []
    assert read_by(in_review, hugo) == ["Hugo"]
    card(in_review, rosa)
    assert read_by(in_review, rosa) == read_by(in_review, hugo) == ["Hugo", "Rosa"]
    assert read_by(in_review, ada) == []


def test_what_may_be_seen_is_the_same_whether_or_not_others_have_scored(in_review, rosa, hugo):
    before = scoring_for(in_review, rosa)
    card(in_review, hugo)
    assert scoring_for(in_review, rosa) == before


def test_who_decides_may_read_without_scoring_and_scores_no_more(in_review, rosa, hugo):
    card(in_review, hugo)
    stand_aside(in_review, membership(rosa), stage_id=in_review.stage_id)
    assert read_by(in_review, rosa) == ["Hugo"]
    with pytest.raises(CannotDo, match="without scoring"):
        card(in_review, rosa)


def test_a_hiring_manager_does_not_stand_aside(in_review, rosa, hugo):
    card(in_review, rosa)
    with pytest.raises(CannotDo, match="Hand in your scorecard first"):
        stand_aside(in_review, membership(hugo), stage_id=in_review.stage_id)
    assert read_by(in_review, hugo) == []


def test_a_card_may_be_changed_until_it_is_decided_and_its_history_stays(in_review, hugo, rosa):
    card(in_review, hugo, recommendation=1)
    card(in_review, hugo, recommendation=4, reason="I met them again.")
    (standing,) = scoring_for(in_review, hugo).cards
    assert (standing.recommendation, standing.reason) == (4, "I met them again.")
    assert [c.recommendation for c in Scorecard.objects.order_by("at")] == [1, 4]
    in_review.decline(by=rosa)
    with pytest.raises(CannotDo, match="ended already"):
        card(in_review, hugo, recommendation=2)


def test_a_card_sent_twice_is_one_card(in_review, hugo):
    assert card(in_review, hugo) == card(in_review, hugo)
    assert Scorecard.objects.count() == 1


def test_a_card_for_a_stage_that_is_over_is_refused(in_review, hugo, rosa):
    seen = in_review.stage_id
    in_review.move(in_review.next_stage(), by=rosa)
    with pytest.raises(CannotDo, match="in Interview by now"):
        hand_in(in_review, by=hugo, stage_id=seen, scores={}, recommendation=3, reason="Late.")


def test_the_next_stage_hides_the_earlier_cards_until_ones_own_is_in(in_review, hugo, rosa):
    card(in_review, hugo)
    with clock.clock_at(clock.now() - dt.timedelta(minutes=30)):
        in_review.move(in_review.next_stage(), by=rosa)
    assert read_by(in_review, rosa) == []
    in_review.stage = in_review.employer.stages.get(pk=in_review.stage_id)
    card(in_review, rosa)
    assert read_by(in_review, rosa) == ["Hugo", "Rosa"]


def test_deciding_and_taking_it_back_shows_nothing(in_review, hugo, rosa, ada):
    """Or else who declines, reads and undoes would score with the others' opinion in mind."""
    card(in_review, hugo)
    in_review.decline(by=rosa)
    assert read_by(in_review, rosa) == []
    in_review.undo(by=rosa)
    offer = in_review.employer.stages.get(name="Offer")
    in_review.move(offer, by=rosa)  # which has no scorecard
    assert read_by(in_review, rosa) == []
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        assert read_by(in_review, rosa) == ["Hugo"]


def test_once_it_is_decided_and_told_everybody_at_the_desk_may_read(in_review, hugo, rosa, ada):
    card(in_review, hugo)
    in_review.decline(by=rosa)
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        assert read_by(in_review, ada) == ["Hugo"]


def test_criteria_that_changed_meanwhile_are_said(in_review, hugo):
    scores = dict.fromkeys(in_review.stage.criteria[1:], 2)
    with pytest.raises(CannotDo, match="criteria of Review changed"):
        card(in_review, hugo, scores=scores)


def test_a_card_keeps_the_names_of_the_criteria_as_they_were(in_review, hugo):
    handed_in = card(in_review, hugo)
    in_review.stage.criteria = ["Something else"]
    in_review.stage.save()
    assert handed_in.scores[0][0] == "Skill in the work itself"


def test_a_request_is_owed_until_the_card_is_in_or_it_is_decided(in_review, hugo, rosa):
    everything = Application.objects.all()
    ask_for_card(in_review, hugo, by=rosa)
    ask_for_card(in_review, hugo, by=rosa)
    assert owed_by(hugo, everything).count() == 1
    assert owed_by(rosa, everything).count() == 0
    card(in_review, hugo)
    assert owed_by(hugo, everything).count() == 0
    ask_for_card(in_review, rosa, by=rosa)
    in_review.move(in_review.next_stage(), by=rosa)
    assert owed_by(rosa, everything).count() == 0


def test_only_who_sees_the_application_is_asked(in_review, hugo, rosa, mallory):
    in_review.job.team.all().delete()
    for outsider in (hugo, mallory):
        with pytest.raises(CannotDo, match="not on the team"):
            ask_for_card(in_review, outsider, by=rosa)


def test_the_history_of_the_application_does_not_tell_who_scored(in_review, hugo, rosa):
    before = list(in_review.events())
    card(in_review, hugo)
    assert list(in_review.events()) == before
    assert Event.objects.filter(kind="scorecard_handed_in").exists()
