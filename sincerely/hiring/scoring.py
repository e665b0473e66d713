"""Scoring an applicant: handing in a card, reading the others', asking for one, standing aside.

The rule of reading is in one place, `sees_all`: whoever may still score in a stage sees no card
but their own, nor that there are others, until theirs is in. It holds for every role, because an
opinion that was read first is no second opinion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from sincerely.accounts.models import Identity, Membership, Role
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.models import (
    Application,
    CannotDo,
    HiringTeamMember,
    Scorecard,
    ScorecardRequest,
    Stage,
    StoodAside,
)
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.models import record

BUSINESS_DAYS_TO_SCORE = 2
MOST_HELD_MOVES = 10


@dataclass(frozen=True, slots=True)
class Scoring:
    """What one member may see and do: `stage` is the one they may score in now, None when there is
    none; `own` their card there; `cards` the standing ones that they may read, by stage."""

    stage: Stage | None
    own: Scorecard | None
    stood_aside: bool
    sees_all: bool
    cards: tuple[Scorecard, ...]


def scoring_for(application: Application, identity: Identity) -> Scoring:
    """In five statements, whatever others have handed in."""
    everything = sees_all(application, identity)
    cards = cards_read_by(identity, application, everything=everything)
    stage = _stage_now(application)
    return Scoring(
        stage=stage,
        own=next((c for c in cards if c.identity_id == identity.pk and c.stage == stage), None),
        stood_aside=bool(stage) and _of(application, identity, StoodAside, stage).exists(),
        sees_all=everything,
        cards=cards,
    )


def sees_all(application: Application, identity: Identity) -> bool:
    """Whether this member may read the cards of others: nothing is left for them to score."""
    owed = _stages_to_score(application)
    if not owed:
        return True
    rows = {"application": application, "identity": identity, "stage_id__in": owed}
    handed_in = Scorecard.objects.filter(**rows).order_by().values_list("stage_id", flat=True)
    aside = StoodAside.objects.filter(**rows).values_list("stage_id", flat=True)
    return owed <= set(handed_in.union(aside))


def cards_read_by(
    identity: Identity, application: Application, *, everything: bool
) -> tuple[Scorecard, ...]:
    """The standing cards, in the order of the stages: all of them, or only their own."""
    rows = Scorecard.objects.filter(application=application)
    rows = rows if everything else rows.filter(identity=identity)
    order = {stage.pk: at for at, stage in enumerate(setup_of(application.employer).all_stages)}
    found = rows.standing().select_related("identity", "stage")
    return tuple(sorted(found, key=lambda card: (order.get(card.stage_id, 0), card.at)))


def hand_in(
    application: Application,
    *,
    by: Identity,
    stage_id: UUID,
    scores: Mapping[str, int],
    recommendation: int,
    reason: str,
) -> Scorecard:
    """Hand in a scorecard, or a changed one: it stands until it is changed again.

    `scores` is criterion → 1 to 4, for exactly the criteria of the stage. The same card sent twice
    is one card. Raises CannotDo once it is decided (the application has moved on or ended), for who
    stood aside, and when the criteria changed meanwhile.
    """
    with transaction.atomic():
        application.lock().require_open()
        stage = _require_scored(application, stage_id)
        if set(scores) != set(stage.criteria):
            raise CannotDo(f"The criteria of {stage.name} changed meanwhile. Score the new ones.")
        if _of(application, by, StoodAside, stage).exists():
            raise CannotDo("You have read the scorecards without scoring, so yours cannot follow.")
        given = {
            "scores": [[name, scores[name]] for name in stage.criteria],
            "recommendation": recommendation,
            "reason": reason,
        }
        before = _of(application, by, Scorecard, stage).order_by("-at", "-id").first()
        if before and all(getattr(before, name) == value for name, value in given.items()):
            return before
        card: Scorecard = Scorecard.objects.create(
            employer=application.employer,
            application=application,
            stage=stage,
            identity=by,
            **given,
        )
        # About the card and not the application, whose history colleagues read.
        record("scorecard_changed" if before else "scorecard_handed_in", card, by=by)
    return card


def stand_aside(application: Application, membership: Membership, *, stage_id: UUID) -> None:
    """Read the cards of this stage without scoring in it, which cannot be taken back.

    For who recruits, since somebody has to decide. Raises CannotDo for a hiring manager, and when
    the application has moved on.
    """
    if not membership.recruits:
        raise CannotDo("Hand in your scorecard first: then you read the others.")
    with transaction.atomic():
        application.lock().require_open()
        stage = _require_scored(application, stage_id)
        StoodAside.objects.get_or_create(
            employer=application.employer,
            application=application,
            stage=stage,
            identity=membership.identity,
        )


def ask_for_card(application: Application, member: Identity, *, by: Identity) -> None:
    """Ask a colleague for their card within two business days: a debt of theirs, on their Today and
    in their morning mail. Asking twice is asking once.

    Raises CannotDo for who may not see the application.
    """
    with transaction.atomic():
        application.lock().require_open()
        stage = _require_scored(application, application.stage_id)
        if member.pk not in {each.pk for each in who_may_score(application)}:
            raise CannotDo(f"{member} is not on the team of this job. Add them to it first.")
        _, is_new = ScorecardRequest.objects.get_or_create(
            application=application,
            stage=stage,
            identity=member,
            defaults={
                "employer": application.employer,
                "asked_by": str(by),
                "due_on": date_to_promise(application.employer, BUSINESS_DAYS_TO_SCORE),
            },
        )
        if is_new:
            application.record("scorecard_asked", by=by, data={"of": str(member)})


def asked_in(application: Application) -> list[ScorecardRequest]:
    """Who was asked in the present stage, whether or not their card is in."""
    rows = ScorecardRequest.objects.filter(application=application, stage=application.stage_id)
    return list(rows.select_related("identity").order_by("at"))


def who_may_score(application: Application) -> list[Identity]:
    """Everybody who may see the application: who recruits, and the job's team."""
    team = HiringTeamMember.objects.filter(job=application.job_id, identity=OuterRef("identity"))
    may_see = Q(role__in=(Role.ADMIN, Role.RECRUITER)) | Q(Exists(team))
    members = application.employer.memberships.filter(may_see, identity__is_active=True)
    return [each.identity for each in members.select_related("identity").order_by("identity__name")]


def owed_by(identity: Identity, applications: Any) -> Any:
    """Requests to this member that are still open, about these applications, first due first."""
    owed = ScorecardRequest.objects.open().filter(identity=identity)
    return owed.filter(application__in=applications).order_by("due_on", "id")


def _stage_now(application: Application) -> Stage | None:
    """The stage in which a card may be handed in now."""
    stage = setup_of(application.employer).stage(application.stage_id)
    return stage if application.is_open and stage.criteria else None


def _stages_to_score(application: Application) -> set[UUID]:
    """The stages in which a card may be handed in now, or again when a held decision is taken back:
    who decides, reads and undoes has not seen the others' cards either."""
    if not application.is_open:
        closure = application.closure
        if closure is None or closure.shown_at <= clock.now():
            return set()
    stages = {application.stage_id, *_before_held_moves(application)}
    setup = setup_of(application.employer)
    return {key for key in stages if setup.stage(key).criteria}


def _before_held_moves(application: Application) -> Iterable[UUID]:
    entries = application.stage_entries.order_by("-at", "-id").values_list("stage_id", "shown_at")
    for stage_id, shown_at in entries[:MOST_HELD_MOVES]:
        yield stage_id
        if shown_at <= clock.now():
            return


def _require_scored(application: Application, stage_id: UUID) -> Stage:
    """The stage, if the application still stands in it and it has a scorecard."""
    stage = setup_of(application.employer).stage(application.stage_id)
    if stage.pk != stage_id:
        raise CannotDo(f"{application.name} is in {stage.name} by now: it is decided.")
    if not stage.criteria:
        raise CannotDo(f"{stage.name} has no scorecard.")
    return stage


def _of(application: Application, identity: Identity, model: Any, stage: Stage | None) -> Any:
    return model.objects.filter(application=application, identity=identity, stage=stage)
