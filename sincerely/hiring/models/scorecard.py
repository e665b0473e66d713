"""Scorecards: what a member thinks of an applicant in one stage, from 1 to 4, and why.

Internal: nothing of them ever reaches the applicant. Nobody who may still score reads another's
card, or learns that there is one, before their own is in (hiring/scoring.py).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sincerely.accounts.models import Identity
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class Score(models.IntegerChoices):
    """An even number, so that nobody can sit on the fence."""

    WEAK = 1, "Weak"
    FAIR = 2, "Fair"
    GOOD = 3, "Good"
    STRONG = 4, "Strong"


class Recommendation(models.IntegerChoices):
    STRONG_NO = 1, "Strong no"
    NO = 2, "No"
    YES = 3, "Yes"
    STRONG_YES = 4, "Strong yes"


class OfOneStage(TenantModel):
    """What one member (`identity`) has to do with scoring one application in one stage."""

    application = TenantForeignKey("hiring.Application", related_name="+")
    stage = TenantForeignKey("hiring.Stage", related_name="+")
    identity = ReferenceForeignKey(Identity, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta(TenantModel.Meta):
        abstract = True


class ScorecardQuerySet(TenantQuerySet):
    def standing(self) -> ScorecardQuerySet:
        """The newest of each member and stage: earlier ones are its history."""
        by_member = self.order_by("stage_id", "identity_id", "-at", "-id")
        return by_member.distinct("stage_id", "identity_id")


class Scorecard(OfOneStage):
    """Written once, never changed: who thinks better of it hands in another, and the newest counts.

    `scores` is a list of [criterion, 1 to 4], as the criteria were called then.
    """

    employer = EmployerKey(related_name="scorecards")
    application = TenantForeignKey("hiring.Application", related_name="scorecards")
    scores = models.JSONField(default=list)
    recommendation = models.PositiveSmallIntegerField(
        choices=Recommendation, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    reason = models.TextField()

    objects: ClassVar[Any] = TenantManager.from_queryset(ScorecardQuerySet)()

    class Meta(OfOneStage.Meta):
        indexes = [
            models.Index(
                fields=["employer", "application", "stage", "identity", "-at"], name="scorecard_of"
            ),
            models.Index(fields=["employer", "stage"], name="scorecard_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.identity}: {self.get_recommendation_display()}"


class StoodAside(OfOneStage):
    """A member who decides without scoring: they read the cards, and score no more there."""

    objects: ClassVar[Any] = TenantManager()

    class Meta(OfOneStage.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "application", "stage", "identity"], name="stood_aside_once"
            )
        ]
        indexes = [models.Index(fields=["employer", "stage"], name="stood_aside_stage")]

    def __str__(self) -> str:
        return f"{self.identity} does not score"


class ScorecardRequestQuerySet(TenantQuerySet):
    def open(self) -> ScorecardRequestQuerySet:
        """Those still owed: the application stands in that stage, and no card of theirs is in."""
        of_theirs = {
            "application": models.OuterRef("application"),
            "stage": models.OuterRef("stage"),
            "identity": models.OuterRef("identity"),
        }
        return self.filter(
            ~models.Exists(Scorecard.objects.filter(**of_theirs)),
            ~models.Exists(StoodAside.objects.filter(**of_theirs)),
            application__ended_at=None,
            application__stage=models.F("stage"),
        )


class ScorecardRequest(OfOneStage):
    """A member was asked for their scorecard, and owes it by `due_on`."""

    due_on = models.DateField()
    asked_by = models.CharField(max_length=200)

    objects: ClassVar[Any] = TenantManager.from_queryset(ScorecardRequestQuerySet)()

    class Meta(OfOneStage.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "application", "stage", "identity"], name="scorecard_asked_once"
            )
        ]
        indexes = [
            models.Index(fields=["employer", "identity", "due_on"], name="scorecard_owed"),
            models.Index(fields=["employer", "stage"], name="scorecard_asked_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.identity} is asked by {self.asked_by}"
