"""A phone screen or an interview: times to pick from, or the one that was agreed, and who takes
part.

Its verbs are in hiring/interviews.py (the desk's) and hiring/interview_answers.py (the applicant's
and the interviewers').
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from sincerely.accounts.models import Identity
from sincerely.hiring.models.stage import InterviewKind
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class Way(models.TextChoices):
    PHONE = "phone", "By phone: we call"
    VIDEO = "video", "By video"
    PLACE = "place", "In person"


class InterviewQuerySet(TenantQuerySet):
    def standing(self) -> InterviewQuerySet:
        """Neither cancelled nor replaced, as far as anybody outside may know."""
        off = InterviewCancellation.objects.filter(
            interview=models.OuterRef("pk"), shown_at__lte=clock.now()
        )
        return self.filter(~models.Exists(off))

    def going_on(self) -> InterviewQuerySet:
        """Those that somebody still has to do something about: pick, hold, or say that it was."""
        return self.standing().filter(took_place_at=None)

    def planned(self) -> InterviewQuerySet:
        """Those with a date that is not over."""
        return self.going_on().filter(ends_at__gt=clock.now())

    def shown(self) -> InterviewQuerySet:
        """Those the applicant may know of, newest first."""
        return self.standing().filter(shown_at__lte=clock.now()).order_by("-at", "-id")

    def held(self) -> InterviewQuerySet:
        """Those that took place: somebody said so, or its time is over and nobody said no."""
        over = models.Q(took_place_at__isnull=False) | models.Q(ends_at__lte=clock.now())
        return self.standing().filter(over)

    def last_held(self, application: Any) -> dt.datetime | None:
        """When the last interview of an application took place (its beginning); None for never."""
        held = self.filter(application=application).held()
        last: dt.datetime | None = held.aggregate(last=models.Max("starts_at"))["last"]
        return last

    def due_to_wake(self, now: dt.datetime) -> InterviewQuerySet:
        return self.filter(wake_at__lte=now)

    def for_page(self) -> InterviewQuerySet:
        """With the rows that every page about an interview shows."""
        related = ("application__job__recruiter", "application__stage", "stage", "employer")
        return self.select_related(*related).prefetch_related("people__identity", "slots")


class Interview(TenantModel):
    """One meeting with one applicant, in one stage. Lasts `minutes`, from `starts_at` to `ends_at`;
    both are null until one of its slots was picked (the desk hopes for that by `pick_by`).

    `where` is a number, a link or an address, by the `way`. `time_zone` is the one it was planned
    in, and in which everybody reads it, whatever becomes of the employer's. The applicant knows of
    it from `shown_at` on; `message` is the one that told of it. `uid` and `sequence` are those of
    the calendar (RFC 5545): a later date of the same interview has a higher sequence. `wake_at` is
    a hint when to remind everybody (interview_reminding.py).
    """

    employer = EmployerKey(related_name="interviews")
    application = TenantForeignKey("hiring.Application", related_name="interviews")
    stage = TenantForeignKey("hiring.Stage", related_name="+")
    kind = models.CharField(max_length=20, choices=InterviewKind)
    way = models.CharField(max_length=10, choices=Way)
    where = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64)
    pick_by = models.DateField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)
    shown_at = models.DateTimeField()
    message = TenantForeignKey("outbox.Message", null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    took_place_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    wake_at = models.DateTimeField(null=True)

    # Managers with querysets of their own, which mypy cannot follow.
    notices: Any
    people: Any
    slots: Any

    objects: ClassVar[Any] = TenantManager.from_queryset(InterviewQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "application", "-at"], name="interview_of"),
            models.Index(fields=["employer", "stage"], name="interview_stage"),
            models.Index(fields=["employer", "message"], name="interview_message"),
            models.Index(
                fields=["employer", "starts_at", "id"],
                name="interview_ahead",
                condition=models.Q(starts_at__isnull=False, took_place_at=None),
            ),
            models.Index(
                fields=["employer", "pick_by", "id"],
                name="interview_unpicked",
                condition=models.Q(starts_at=None),
            ),
            models.Index(
                fields=["employer", "wake_at"],
                name="interview_wakes",
                condition=models.Q(wake_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.application}"

    @property
    def uid(self) -> str:
        """What calendars know it by, for good."""
        return f"{self.pk}@{settings.MAIL_DOMAIN}"

    @property
    def is_shown(self) -> bool:
        return self.shown_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= clock.now()

    @property
    def named(self) -> str:
        """`phone screen` or `interview`, within a sentence."""
        return str(self.get_kind_display()).lower()

    def is_standing(self) -> bool:
        return bool(Interview.objects.standing().filter(pk=self.pk).exists())

    def members(self) -> list[Identity]:
        """Who interviews, in the order they were named."""
        return [person.identity for person in self.people.all()]

    def end_of(self, start: dt.datetime) -> dt.datetime:
        return start + dt.timedelta(minutes=self.minutes)


class InterviewSlot(TenantModel):
    """One time that the applicant may pick."""

    interview = TenantForeignKey(Interview, on_delete_cascade=True, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "interview", "starts_at"], name="interview_slot_once"
            )
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Response(models.TextChoices):
    NONE = "", "No answer yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    TENTATIVE = "tentative", "Perhaps"


class Interviewer(TenantModel):
    """A member who interviews, and what they answered to the invitation."""

    interview = TenantForeignKey(Interview, on_delete_cascade=True, related_name="people")
    identity = ReferenceForeignKey(Identity, related_name="+")
    response = models.CharField(max_length=10, choices=Response, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "interview", "identity"], name="interviewer_once"
            )
        ]
        indexes = [models.Index(fields=["employer", "identity"], name="interviewer_identity")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.identity}"


class InterviewCancellation(TenantModel):
    """Why an interview is off, and since when. The applicant knows from `shown_at` on: where an end
    that is still held takes the interview with it (`closure`), nothing may tell of that."""

    class Reason(models.TextChoices):
        CANCELLED = "cancelled", "Cancelled"
        REPLACED = "replaced", "Other times were offered"
        ENDED = "ended", "The application ended"
        DID_NOT = "did_not", "It did not take place"

    interview = TenantForeignKey(Interview, on_delete_cascade=True, related_name="cancellations")
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)
    shown_at = models.DateTimeField()
    closure = TenantForeignKey(
        "hiring.Closure", on_delete_cascade=True, null=True, related_name="+"
    )
    replaced_by = TenantForeignKey(Interview, on_delete_cascade=True, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "interview"], name="interview_cancelled_once"
            )
        ]
        indexes = [
            models.Index(fields=["employer", "closure"], name="cancellation_closure"),
            models.Index(fields=["employer", "replaced_by"], name="cancellation_replaced"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
