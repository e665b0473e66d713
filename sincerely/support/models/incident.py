"""An application that went wrong, or any trouble with the system that somebody reported."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction

from sincerely.hiring.models import CannotDo
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from sincerely.support import letters
from sincerely.support.models.trail import Kind, TrailStep
from sincerely.support.reply_time import day_there, reply_by
from sincerely.support.telling import tell_hiring

US = "sincerely"
THEIR_WORDS = (Kind.REPORTED, Kind.WROTE)


class IncidentQuerySet(models.QuerySet):
    def waiting(self) -> IncidentQuerySet:
        """Asked, and neither answered nor solved; the longest promised first."""
        asked = self.filter(asked_at__isnull=False, replied_at=None, solved_at=None)
        return asked.order_by("reply_by", "id")

    def unreported(self) -> IncidentQuerySet:
        """Failures of ours that nobody has written about; the newest first."""
        return self.filter(asked_at=None, solved_at=None).order_by("-failed_at", "-id")

    def settled(self) -> IncidentQuerySet:
        """Answered or solved; the newest first."""
        over = models.Q(replied_at__isnull=False) | models.Q(solved_at__isnull=False)
        return self.filter(over).order_by("-failed_at", "-id")

    def with_words(self) -> IncidentQuerySet:
        """With `words`, what the person wrote last."""
        theirs = TrailStep.objects.filter(incident=models.OuterRef("pk"), kind__in=THEIR_WORDS)
        newest = theirs.order_by("-at", "-id").values("text")[:1]
        return self.select_related("employer").annotate(words=models.Subquery(newest))

    def by_code(self, code: str) -> Incident | None:
        """The incident that an error page's code names, of its first failure or of a later one;
        None for an empty code."""
        if not code:
            return None
        later = TrailStep.objects.filter(code=code).values("incident_id")
        known = self.select_related("employer")
        found: Any = known.filter(models.Q(code=code) | models.Q(pk__in=later)).first()
        return found


class Incident(models.Model):
    """The operator's own record, of every employer and of none (docs/decisions/0028).

    `job_key` and `application_key` are ids of the employer's rows, without foreign keys, because a
    global table refers to no tenant's; the application may not have been received. `is_ours`: our
    own log knows of the failure, or support has said so; until then it is somebody's word.
    `was_try`: an application was being sent. `asked_at` is when the person last asked without
    having an answer, `reply_by` the day (at the employer's place) that they were given, and
    `escalated_at` when that day had passed in silence.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=7, unique=True)
    employer = models.ForeignKey(
        "accounts.Employer", null=True, on_delete=models.CASCADE, related_name="incidents"
    )
    job_key = models.UUIDField(null=True)
    application_key = models.UUIDField(null=True)
    is_ours = models.BooleanField(default=False)
    was_try = models.BooleanField(default=False)
    failed_at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    steps: Any

    objects: ClassVar[Any] = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["reply_by", "id"],
                name="incident_waiting",
                condition=models.Q(asked_at__isnull=False, replied_at=None, solved_at=None),
            ),
            models.Index(
                fields=["-failed_at", "-id"],
                name="incident_unreported",
                condition=models.Q(asked_at=None, solved_at=None),
            ),
            models.Index(fields=["-failed_at", "-id"], name="incident_newest"),
            models.Index(fields=["application_key"], name="incident_application"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def waits(self) -> bool:
        """Somebody has asked and has no answer."""
        return bool(self.asked_at and not self.replied_at and not self.solved_at)

    @property
    def is_late(self) -> bool:
        """The day of the answer has passed."""
        return self.waits and self.reply_by is not None and day_there(self.employer) > self.reply_by

    def lock(self) -> Self:
        """Take the row for this transaction and read it afresh."""
        rows: Any = Incident.objects.select_for_update(of=("self",))
        self.refresh_from_db(from_queryset=rows)
        return self

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> None:
        """Somebody waits for an answer from now on, if they did not already; tells them by when.

        Within a transaction that holds the row.
        """
        if not self.waits:
            self.asked_at, self.reply_by = clock.now(), reply_by(self.employer)
            self.replied_at = self.solved_at = self.escalated_at = None
            letters.acknowledge(self)
        self._save()

    def reply(self, text: str, *, by: Any, solves: bool, is_ours: bool = False) -> TrailStep:
        """Answer by mail. `solves`: nothing is left to do; `is_ours`: the fault was ours.

        Raises CannotDo when there is no address.
        """
        with transaction.atomic():
            if not self.lock().email:
                raise CannotDo("We have no address. They read the code out when they call.")
            self.replied_at, self.is_ours = clock.now(), self.is_ours or is_ours
            if solves:
                self.solved_at = self.replied_at
            sent = letters.reply(self, text, by=by)
            step = self.note(Kind.REPLIED, by=by, text=text, message_key=sent)
            self._save()
        return step

    def solve(self, *, by: Any, note: str = "") -> None:
        """Nothing is left to do. Raises CannotDo while somebody waits for an answer."""
        with transaction.atomic():
            if self.lock().waits:
                raise CannotDo("They asked, so they get an answer. Reply, and it is solved.")
            if self.solved_at:
                raise CannotDo("This is solved already.")
            self.solved_at = clock.now()
            self.note(Kind.SOLVED, by=by, text=note)
            self._save()

    def escalate(self) -> bool:
        """The day of the answer has passed in silence: the person is told, and may turn to the
        employer now. Says whether this call did it."""
        with transaction.atomic():
            if not self.lock().is_late or self.escalated_at:
                return False
            self.escalated_at = clock.now()
            letters.admit_lateness(self)
            self.note(Kind.ESCALATED, by=US)
            self._save()
        return True

    def lose_reply(self) -> None:
        """The reply came back: they wait for it again."""
        with transaction.atomic():
            self.lock()
            self.note(Kind.CAME_BACK, by=US)
            self.replied_at = self.solved_at = None
            self._save()

    def be_over(self, how: Kind, *, by: Any, note: str, application_key: UUID | None) -> None:
        """The application came after all, or the employer helped: hiring says so, and knows. Who
        still waits for our answer has it with the arrival."""
        with transaction.atomic():
            self.lock()
            if how == Kind.ARRIVED and self.waits:
                letters.tell_arrival(self)
            self.solved_at = self.solved_at or clock.now()
            self.application_key = application_key
            self.note(how, by=by, text=note)
            self.save()

    def note(self, kind: Kind, *, by: Any, **more: Any) -> TrailStep:
        """Write one step of the trail."""
        step: TrailStep = self.steps.create(kind=kind, by=str(by)[:254], **more)
        return step

    def reporters_words(self) -> str:
        """What the person wrote to us, all of it."""
        theirs = self.steps.filter(kind__in=THEIR_WORDS)
        return "\n\n".join(theirs.values_list("text", flat=True))

    def _save(self) -> None:
        self.save()
        tell_hiring(self)
