"""A message that an applicant left on the phone line: fetched once, then kept with their files."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.documents.models import Document
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet

LONGEST_TRANSCRIPT = 5_000


class State(models.TextChoices):
    WAITING = "waiting", "On its way"
    KEPT = "kept", "Here"
    LOST = "lost", "Cannot be had"


class RecordingQuerySet(TenantQuerySet):
    def waiting(self) -> RecordingQuerySet:
        """Those that still lie at the provider alone."""
        return self.filter(state=State.WAITING)


class Recording(TenantModel):
    """One voicemail. `address` is where the provider keeps it (for `account`, which it was left
    with), `document` the copy that we keep, `problem` why there is none.

    `call` and `sid` are the provider's names of call and recording. Without a `follow_up` it came
    when none was open. `transcript` is the provider's, made by a machine.
    """

    State = State

    employer = EmployerKey(related_name="recordings")
    application = TenantForeignKey("hiring.Application", related_name="recordings")
    follow_up = TenantForeignKey("hiring.FollowUp", null=True, related_name="recordings")
    call = models.CharField(max_length=64)
    sid = models.CharField(max_length=64)
    number = models.CharField(max_length=20)
    account = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=500)
    seconds = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=200, blank=True)
    document = TenantForeignKey("documents.Document", null=True, related_name="+")
    transcript = models.TextField(blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(RecordingQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            # One voicemail in a call, however often the provider tells of it.
            models.UniqueConstraint(fields=["employer", "call"], name="recording_once")
        ]
        indexes = [
            models.Index(fields=["employer", "application", "-at"], name="recording_of"),
            models.Index(fields=["employer", "follow_up"], name="recording_follow_up"),
            models.Index(fields=["employer", "document"], name="recording_document"),
            models.Index(
                fields=["employer", "at"],
                name="recording_waiting",
                condition=models.Q(state=State.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"voicemail of {self.length}"

    @property
    def length(self) -> str:
        """`42 seconds`, `1:03 minutes`."""
        if self.seconds < 60:
            return f"{self.seconds} second{'' if self.seconds == 1 else 's'}"
        return f"{self.seconds // 60}:{self.seconds % 60:02} minutes"

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def keep(self, document: Document) -> None:
        """The copy is here."""
        kept = {"state": State.KEPT, "document": document, "problem": ""}
        type(self).objects.waiting().filter(pk=self.pk).update(**kept)

    def lose(self, problem: str) -> None:
        """No copy can be had, for good: `problem` says why, to whoever would listen to it."""
        lost = {"state": State.LOST, "problem": problem[:200]}
        type(self).objects.waiting().filter(pk=self.pk).update(**lost)

    def write_down(self, transcript: str) -> None:
        """What the provider's machine understood; the first one stays."""
        said = transcript[:LONGEST_TRANSCRIPT]
        type(self).objects.filter(pk=self.pk, transcript="").update(transcript=said)
