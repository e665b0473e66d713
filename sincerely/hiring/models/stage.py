"""Stages: what they are called inside, what applicants read, and how long each may take."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sincerely.hiring.models.setup_row import SetupRow
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet

MOST_CRITERIA = 8
LONGEST_CRITERION = 80
DEFAULT_CRITERIA = (
    "Skill in the work itself",
    "Experience that helps here",
    "Working with others",
    "Saying things clearly",
)


class Stage(SetupRow):
    """One column of the board. `promise_days` are business days until the applicant hears next,
    `criteria` the names of what its scorecard asks for; without any it has none."""

    employer = EmployerKey(related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    public_name = models.CharField(max_length=80)
    public_text = models.CharField(max_length=300, blank=True)
    promise_days = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    criteria = models.JSONField(default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(SetupRow.Meta):
        constraints = [models.UniqueConstraint(fields=["employer", "name"], name="stage_name_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class StageEntryQuerySet(TenantQuerySet):
    def shown(self) -> StageEntryQuerySet:
        """Entries the applicant may know of, newest first."""
        return self.filter(shown_at__lte=clock.now()).order_by("-at", "-id")


class StageEntry(TenantModel):
    """An application came into a stage. The applicant sees it from `shown_at` on.

    While the message that tells of it is held for undo, `shown_at` lies in the future, so that
    nothing shows a decision that may still be taken back.
    """

    application = TenantForeignKey("hiring.Application", related_name="stage_entries")
    stage = TenantForeignKey(Stage, related_name="+")
    at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField()
    message = TenantForeignKey("outbox.Message", null=True, related_name="+")
    by = models.CharField(max_length=200)

    objects: ClassVar[Any] = TenantManager.from_queryset(StageEntryQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "application", "-at"], name="stage_entry_of"),
            models.Index(fields=["employer", "stage"], name="stage_entry_stage"),
            models.Index(fields=["employer", "message"], name="stage_entry_message"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} at {self.at:%Y-%m-%d %H:%M}"
