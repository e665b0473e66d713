"""What was said about an interview that is planned: that somebody comes, cannot come, wants
another time, or is late."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.hiring.models.interview import Interview
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class Said(models.TextChoices):
    ACCEPTED = "accepted", "Will come"
    ANOTHER_TIME = "another", "Asks for another time"
    DECLINED = "declined", "Cannot come"
    LATE = "late", "Is running late"


# A person has to answer these; `settled_at` is when one did.
NEEDS_A_PERSON = (Said.ANOTHER_TIME, Said.DECLINED)


class InterviewNoticeQuerySet(TenantQuerySet):
    def open(self) -> InterviewNoticeQuerySet:
        return self.filter(said__in=NEEDS_A_PERSON, settled_at=None)

    def of_applicant(self) -> InterviewNoticeQuerySet:
        return self.filter(is_applicants=True)


class InterviewNotice(TenantModel):
    """`is_applicants`: the applicant said it; else one of us. `text` is what they wrote, `minutes`
    how late they are, `wanted_at` a time that they proposed themselves. `was_agreed`: there was a
    date to change; only that uses up the one time they may change it."""

    employer = EmployerKey(related_name="interview_notices")
    interview = TenantForeignKey(Interview, on_delete_cascade=True, related_name="notices")
    said = models.CharField(max_length=10, choices=Said)
    is_applicants = models.BooleanField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    wanted_at = models.DateTimeField(null=True)
    was_agreed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(InterviewNoticeQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "interview", "-at"], name="interview_notice_of"),
            models.Index(
                fields=["employer", "at"],
                name="interview_notice_open",
                condition=models.Q(settled_at=None, said__in=NEEDS_A_PERSON),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.get_said_display()}"
