"""The phone line on which applicants hear where they stand, and whose number is whose."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.hiring.models.setup_row import SetupRow
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.models import TenantManager

LONGEST_GREETING = 400


class PhoneLine(SetupRow):
    """What one employer set up: at most one row. `number` is E.164, `greeting` empty for ours."""

    employer = EmployerKey(related_name="phone_lines")
    number = models.CharField(max_length=20, blank=True)
    greeting = models.CharField(max_length=LONGEST_GREETING, blank=True)
    is_on = models.BooleanField(default=False)

    objects: ClassVar[Any] = TenantManager()

    class Meta(SetupRow.Meta):
        constraints = [models.UniqueConstraint(fields=["employer"], name="phone_line_once")]

    def __str__(self) -> str:
        return self.number or "no number"


class LineNumber(models.Model):
    """A number that was called → whose it is. Global and small: a call names no employer.

    No foreign key: a global table must not refer to tenant tables.
    """

    number = models.CharField(max_length=20, primary_key=True)
    employer_key = models.UUIDField()

    def __str__(self) -> str:
        return self.number
