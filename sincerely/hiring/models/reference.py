"""The ten digits an applicant reads out, and the application they lead to."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, models

from sincerely.kernel.ids import reference_number


class ReferenceManager(models.Manager):
    def allot(self, *, employer_id: UUID, application_id: UUID) -> str:
        """Take a free number for an application and return it."""
        while True:
            number = reference_number()
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO hiring_reference (number, employer_key, application_key)"
                    " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                    [number, employer_id, application_id],
                )
                if cursor.rowcount:
                    return number


class Reference(models.Model):
    """A number → where to look. Global and small: a caller on the phone names no employer.

    No foreign keys: a global table must not refer to tenant tables. An application may have more
    than one number, since who applies a second time is given a number that leads to the first.
    """

    number = models.CharField(max_length=10, primary_key=True)
    employer_key = models.UUIDField()
    application_key = models.UUIDField()

    objects = ReferenceManager()

    def __str__(self) -> str:
        return self.number
