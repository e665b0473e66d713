"""The questions asked of many applications at once."""

from __future__ import annotations

from typing import Any

from django.db import models

from sincerely.hiring.models.closure import Closure
from sincerely.kernel.models import TenantQuerySet


class ApplicationQuerySet(TenantQuerySet):
    def open(self) -> ApplicationQuerySet:
        return self.filter(ended_at=None)

    def untold(self) -> ApplicationQuerySet:
        """Those who have no end yet, or whose end they have not been told."""
        told = Closure.objects.filter(application=models.OuterRef("pk"), told_at__isnull=False)
        return self.filter(~models.Exists(told))

    def of_jobs(self, jobs: Any) -> ApplicationQuerySet:
        """Those for the given jobs (a queryset), such as the ones a member may see."""
        return self.filter(job__in=jobs)

    def for_page(self) -> ApplicationQuerySet:
        """With the rows that every page about one application shows."""
        return self.select_related("employer", "job__recruiter", "stage", "document")
