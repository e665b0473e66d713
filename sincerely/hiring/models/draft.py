"""What an applicant had written when the job was no longer open: kept, for a person to decide."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class ApplicationDraft(TenantModel):
    """A complete application that came too late. Its id is the form's own key, so that a second
    try is the same row, and an accepted draft counts at the time of the first try (`at`)."""

    employer = EmployerKey(related_name="application_drafts")
    job = TenantForeignKey("hiring.Job", on_delete_cascade=True, related_name="drafts")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=list)
    document = TenantForeignKey("documents.Document", null=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    # The referral whose link led here.
    referral = TenantForeignKey("hiring.Referral", null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "job", "-at"], name="draft_of_job"),
            models.Index(fields=["employer", "document"], name="draft_document"),
            models.Index(fields=["employer", "referral"], name="draft_referral"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (too late for {self.job})"
