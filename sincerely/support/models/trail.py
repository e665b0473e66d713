"""What happened with an incident, step by step."""

from __future__ import annotations

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7


class Kind(models.TextChoices):
    FAILED = "failed", "Failed"
    REPORTED = "reported", "Reported"
    WROTE = "wrote", "Wrote by mail"
    REPLIED = "replied", "Replied"
    CAME_BACK = "came_back", "The reply came back"
    NOTED = "noted", "Noted"
    SOLVED = "solved", "Solved"
    ESCALATED = "escalated", "Not answered in time"
    ARRIVED = "arrived", "The application arrived"
    HELPED = "helped", "The employer helped"


class TrailStep(models.Model):
    """One step, written once and never changed.

    `code` is that of the error page of a failure; `message_key` the id of the outbox message that
    carried a reply, null for one that went to somebody outside of any employer.
    """

    Kind = Kind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey("support.Incident", on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=254)
    text = models.TextField(blank=True)
    code = models.CharField(max_length=7, blank=True)
    message_key = models.UUIDField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = [
            models.Index(fields=["code"], name="trail_code", condition=~models.Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"
