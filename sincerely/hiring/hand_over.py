"""Who leaves hands over what they owe: never a debt to an applicant without somebody who owes it.

What hangs on a job (dates to keep, questions to answer) goes with the job; what hangs on the person
(words of a hiring manager, scorecards) goes to whom is named, else to the owner of the job.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from sincerely.accounts.models import Identity, Membership, Role
from sincerely.hiring import debts
from sincerely.hiring.models import (
    Application,
    CannotDo,
    HiringTeamMember,
    Job,
    Scorecard,
    ScorecardRequest,
)
from sincerely.hiring.models.job import JobState
from sincerely.hiring.word_links import awaiting
from sincerely.kernel.models import record


@dataclass(frozen=True, slots=True)
class Owes:
    """How many jobs a member owns, dates they have to keep there, questions to answer, words to say
    as a hiring manager, and scorecards to hand in."""

    jobs: int
    dates: int
    questions: int
    words: int
    scorecards: int

    @property
    def anything(self) -> bool:
        return any(astuple(self))


def owes(membership: Membership) -> Owes:
    """In five statements."""
    jobs = owned_jobs(membership)
    return Owes(
        jobs=jobs.count(),
        dates=Application.objects.of_jobs(jobs).open().count(),
        questions=debts.to_answer(jobs).count(),
        words=awaiting(membership).count(),
        scorecards=_cards(membership).count(),
    )


def owned_jobs(membership: Membership) -> Any:
    """The jobs that a member owns and that are not closed."""
    jobs = Job.objects.filter(recruiter_id=membership.identity_id)
    return jobs.exclude(state=JobState.CLOSED)


def successors(membership: Membership) -> list[Membership]:
    """Who may be named: whoever recruits, and for who owns no jobs any other member."""
    others = membership.employer.memberships.exclude(pk=membership.pk)
    others = others.filter(identity__is_active=True).select_related("identity")
    if owned_jobs(membership).exists():
        others = others.exclude(role=Role.HIRING_MANAGER)
    return list(others.order_by("identity__name", "id"))


def hand_over(membership: Membership, successor: Identity | None, *, by: Identity) -> None:
    """Give everything a member owes to `successor`; without one to the owner of each job, and their
    own jobs to an admin. Within the transaction in which they leave.

    Raises CannotDo for a successor who may not take it over.
    """
    if successor and successor.pk not in {each.identity_id for each in successors(membership)}:
        raise CannotDo(f"{successor} cannot take over from {membership.identity}: choose another.")
    admin = _an_admin(membership, by)
    for job in owned_jobs(membership):
        _give_job(job, successor or admin, membership, by=by)
    places = HiringTeamMember.objects.filter(identity_id=membership.identity_id)
    for place in places.exclude(job__state=JobState.CLOSED).select_related("job"):
        _give_words(place.job, successor, admin, membership, by=by)
    for request in _cards(membership).select_related("application__job__recruiter", "stage"):
        _give_card(request, successor or _owner(request.application.job, admin, membership), by=by)
    places.delete()


def _give_job(job: Job, to: Identity, membership: Membership, *, by: Identity) -> None:
    job.recruiter = to
    job.save(update_fields=["recruiter"])
    data = {"from": str(membership.identity), "to": str(to)}
    record("job_handed_over", job, by=by, data=data)


def _give_words(
    job: Job, successor: Identity | None, admin: Identity, membership: Membership, *, by: Identity
) -> None:
    """The words go to the successor, who joins the team. Else to the owner of the job, to whom they
    fall where no hiring manager is asked any more (reminding.py)."""
    if successor:
        job.add_to_team(successor)
    to = successor or _owner(job, admin, membership)
    if not successor and to != job.recruiter:
        _give_job(job, to, membership, by=by)
    data = {"from": str(membership.identity), "to": str(to)}
    record("words_handed_over", job, by=by, data=data)


def _give_card(request: ScorecardRequest, to: Identity, *, by: Identity) -> None:
    application: Any = request.application
    about = {"application": application, "stage": request.stage, "identity": to}
    if not Scorecard.objects.filter(**about).exists():
        if _decides_only(application, to):
            application.job.add_to_team(to)
        given = {"due_on": request.due_on, "asked_by": request.asked_by}
        ScorecardRequest.objects.get_or_create(**about, defaults=given)
    data = {"from": str(request.identity), "of": str(to)}
    application.record("scorecard_handed_over", by=by, data=data)
    request.delete()


def _decides_only(application: Any, identity: Identity) -> bool:
    """A hiring manager sees the applications of their own jobs alone."""
    here = Membership.objects.filter(employer=application.employer_id, identity=identity)
    return here.filter(role=Role.HIRING_MANAGER).exists()


def _owner(job: Any, admin: Identity, leaving: Membership) -> Identity:
    """Who owns the job and stays; an admin, where nobody does."""
    here = leaving.employer.memberships.exclude(pk=leaving.pk).exclude(role=Role.HIRING_MANAGER)
    owns = here.filter(identity=job.recruiter_id, identity__is_active=True).exists()
    return job.recruiter if owns else admin


def _an_admin(leaving: Membership, by: Identity) -> Identity:
    """The one who removes them; another one, for who leaves by themselves."""
    admins = leaving.employer.memberships.filter(role=Role.ADMIN).exclude(pk=leaving.pk)
    admins = admins.filter(identity__is_active=True).select_related("identity")
    found = admins.filter(identity=by).first() or admins.order_by("created_at").first()
    if found is None:
        raise CannotDo(f"{leaving.identity} is the last admin. Make somebody else admin first.")
    return found.identity


def _cards(membership: Membership) -> Any:
    return ScorecardRequest.objects.open().filter(identity=membership.identity_id)
