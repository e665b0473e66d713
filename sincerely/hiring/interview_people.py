"""Who interviews, when somebody leaves: nobody is invited in vain, and nobody is met by no one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from sincerely.accounts.models import Identity, Membership
from sincerely.hiring.interview_steps import forget_read
from sincerely.hiring.interview_team_mail import tell_team
from sincerely.hiring.models import Interview, Interviewer
from sincerely.kernel import clock


def leave_interviews(membership: Membership, successor: Identity | None, *, by: Any) -> None:
    """Take a member out of what is still to come; where nobody else is left, `successor` comes in
    their place, and without one the desk says that nobody is named."""
    ahead = Q(interview__starts_at=None) | Q(interview__ends_at__gt=clock.now())
    rows = Interviewer.objects.filter(ahead, identity_id=membership.identity_id)
    going_on = rows.filter(interview__in=Interview.objects.going_on())
    for person in going_on.select_related("identity").order_by("id"):
        _leave(person, successor, by=by)


def _leave(person: Interviewer, successor: Identity | None, *, by: Any) -> None:
    interview = Interview.objects.for_page().get(pk=person.interview_id)
    has_date = interview.starts_at is not None
    if has_date:
        tell_team(interview, "interviewer_cancelled", people=[person])
    Interviewer.objects.filter(pk=person.pk).delete()
    forget_read(interview)
    if successor and not interview.people.exists():
        added = Interviewer(employer=interview.employer, interview=interview, identity=successor)
        added.save(force_insert=True)
        if has_date:
            tell_team(interview, "interviewer_invited", people=[added])
    data = {"interview": str(interview.pk), "name": str(person.identity)}
    interview.application.record("interviewer_left", by=by, data=data)
