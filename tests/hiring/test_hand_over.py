"""A member who owes promises leaves, and no debt is left without somebody who owes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.hiring import debts, members
from sincerely.hiring.asking import ask
from sincerely.hiring.hand_over import owes
from sincerely.hiring.models import Application, CannotDo, Job, ScorecardRequest
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.reminding import digest_of
from sincerely.hiring.scoring import ask_for_card, hand_in, owed_by
from sincerely.hiring.word_links import word_link
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from tests.conftest import member

pytestmark = pytest.mark.django_db


def place_of(identity: Identity) -> Membership:
    return Membership.objects.select_related("identity", "employer").get(identity=identity)


def remove(leaving: Identity, by: Identity, successor: Identity | None = None) -> None:
    members.remove(place_of(leaving), successor=successor, by=by)


@pytest.fixture
def in_review(
    at_diner: Employer, cook: Job, jo: Application, rosa: Identity, hugo: Identity, ada: Identity
) -> Application:
    """Jo is in Review and due today; Hugo is on the team and was asked for a card."""
    cook.add_to_team(hugo)
    with clock.clock_at(clock.now() - dt.timedelta(hours=1)):
        jo.stage_entries.update(at=clock.now())
        jo.move(jo.next_stage(), by=rosa)
        ask_for_card(Application.objects.for_page().get(pk=jo.pk), hugo, by=rosa)
    Application.objects.update(due_on=clock.today(at_diner.time_zone))
    return Application.objects.for_page().get(pk=jo.pk)


def happened(kind: str) -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(kind=kind)]


def test_what_a_recruiter_owes_goes_with_the_jobs(in_review, rosa, ada):
    ask(in_review, Topic.ADJUSTMENT, text="Is there a lift?")
    told = owes(place_of(rosa))
    assert (told.jobs, told.dates, told.questions, told.words, told.scorecards) == (1, 1, 1, 0, 0)
    remove(rosa, by=ada)
    assert Job.objects.get().recruiter_id == ada.pk
    assert owes(place_of(ada)).dates == 1
    assert happened("job_handed_over") == [{"from": "Rosa", "to": "Ada"}]


def test_who_removes_themselves_leaves_it_to_another_admin(in_review, rosa, ada):
    olu = member(in_review.employer, "Olu", Role.ADMIN)
    Job.objects.update(recruiter=ada)
    remove(ada, by=ada)
    assert Job.objects.get().recruiter_id == olu.pk


def test_a_managers_words_and_cards_go_to_whom_is_named(in_review, rosa, hugo, ada):
    nia = member(in_review.employer, "Nia", Role.HIRING_MANAGER)
    told = owes(place_of(hugo))
    assert (told.words, told.scorecards) == (1, 1)
    remove(hugo, by=ada, successor=nia)
    told = owes(place_of(nia))
    assert (told.words, told.scorecards) == (1, 1)
    assert happened("words_handed_over") == [{"from": "Hugo", "to": "Nia"}]
    assert happened("scorecard_handed_over") == [{"from": "Hugo", "of": "Nia"}]
    assert not ScorecardRequest.objects.filter(identity=hugo).exists()


def test_without_a_name_they_go_to_the_owner_of_the_job(in_review, rosa, hugo, ada):
    remove(hugo, by=ada)
    assert owed_by(rosa, Application.objects.all()).count() == 1
    assert "Jo Smith" in [row.name for row in digest_of(place_of(rosa)).rows]
    assert happened("words_handed_over") == [{"from": "Hugo", "to": "Rosa"}]


def test_a_job_without_an_owner_gets_one_when_its_manager_leaves(in_review, hugo, ada):
    Job.objects.update(recruiter=None)
    remove(hugo, by=ada)
    assert Job.objects.get().recruiter_id == ada.pk


def test_who_has_scored_already_is_not_asked_again(in_review, rosa, hugo, ada):
    hand_in(
        in_review, by=rosa, stage_id=in_review.stage_id, recommendation=3, reason="Yes.",
        scores=dict.fromkeys(in_review.stage.criteria, 3),
    )  # fmt: skip
    remove(hugo, by=ada, successor=rosa)
    assert not ScorecardRequest.objects.exists()


@pytest.mark.parametrize("name", ["hugo", "mallory", "rosa"])
def test_who_may_not_take_over_is_refused_and_nobody_is_removed(name, request, in_review, ada):
    rosa, wrong = request.getfixturevalue("rosa"), request.getfixturevalue(name)
    with pytest.raises(CannotDo, match="cannot take over"):
        remove(rosa, by=ada, successor=wrong)
    assert Job.objects.get().recruiter_id == rosa.pk
    assert place_of(rosa)


def test_the_links_of_who_left_open_nothing(client: Client, in_review, hugo, ada):
    path = "/" + word_link(in_review, hugo).split("/", 3)[3]
    assert client.get(path).status_code == 200
    remove(hugo, by=ada)
    assert client.get(path).status_code == 410
    assert client.post(path, {"outcome": "decline", "reason": "Bye."}).status_code == 410
    in_review.refresh_from_db()
    assert in_review.is_open


def test_a_job_whose_owner_cannot_sign_in_any_more_is_the_admins(in_review, rosa, ada):
    """However a login ended: nobody else would be reminded."""
    Identity.objects.filter(pk=rosa.pk).update(is_active=False)
    assert "Jo Smith" in [row.name for row in digest_of(place_of(ada)).rows]


def test_no_open_application_is_ever_without_somebody_who_owes_it(in_review, rosa, hugo, ada):
    remove(hugo, by=ada)
    remove(rosa, by=ada)
    owned = Job.objects.owned_by(place_of(ada))
    assert debts.due(Application.objects.of_jobs(owned)).count() == 1
