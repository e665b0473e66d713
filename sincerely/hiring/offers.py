"""Who holds an offer: nobody is turned down for one job while they hold another one here.

Held is an offer by whoever was hired lately, or stands in the last of the employer's stages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Closure, Reason
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

# Whoever was hired longer ago and applies again is an applicant like others.
LATELY = dt.timedelta(days=30)


def offers(employer: Employer) -> Any:
    """The applications by which somebody holds an offer, or is hired."""
    hired = Closure.objects.filter(
        application=OuterRef("pk"), reason=Reason.HIRED, at__gt=clock.now() - LATELY
    )
    last = setup_of(employer).stages[-1].pk
    return Application.objects.filter(Q(Exists(hired)) | Q(stage_id=last, ended_at=None))


def holding_another(applications: Iterable[Application]) -> dict[UUID, Application]:
    """Application id → the same person's other application by which they hold an offer.

    An offer among `applications` themselves does not count for another one: all of them are
    decided together. One statement.
    """
    applications = list(applications)
    if not applications:
        return {}
    people = {application.candidate_id for application in applications}
    held = offers(applications[0].employer).filter(candidate_id__in=people)
    held = held.exclude(pk__in=[each.pk for each in applications])
    by_person = {offer.candidate_id: offer for offer in held.select_related("job")}
    return {
        each.pk: by_person[each.candidate_id]
        for each in applications
        if each.candidate_id in by_person
    }


def set_aside_refusals(hired: Application, *, by: Any) -> None:
    """Whoever is hired gets no refusal that is still held: those wait for a person again."""
    held = Closure.objects.filter(
        application__candidate=hired.candidate_id,
        shown_at__gt=clock.now(),
        reason__in=(Reason.DECLINED, Reason.JOB_FILLED, Reason.JOB_CANCELLED),
    )
    while closure := held.select_related("application__employer", "message").first():
        application = closure.application.lock()
        application.set_aside(closure, by=by, why=f"hired as {hired.job.title}")
