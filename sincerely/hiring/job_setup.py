"""Writing a job down: its own address, its team and its questions, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from sincerely.accounts.models import Identity
from sincerely.hiring.models import HiringTeamMember, Job, Question
from sincerely.kernel.models import record

# Addresses below /jobs/ that are pages of their own.
RESERVED = frozenset({"new"})
_LONGEST = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the editor has it; `id` is None for a new one."""

    id: UUID | None = None
    text: str
    kind: str
    choices: tuple[str, ...] = ()
    required: bool = False


def save_job(
    job: Job, *, team: Iterable[Identity], questions: Sequence[Asked], by: Identity
) -> None:
    """Save a job with its team and its questions, in their order.

    A new job is given a slug, made from its title, and keeps it: links to it must go on to work.
    """
    with transaction.atomic():
        is_new = job._state.adding
        if is_new:
            job.slug = free_slug(job.title)
        job.save()
        _set_team(job, list(team))
        _set_questions(job, questions)
        record("job_created" if is_new else "job_changed", job, by=by)


def free_slug(title: str) -> str:
    """`Line cook` → line-cook, or line-cook-2 when that is taken; `job` for other scripts."""
    wanted = slugify(title)[:_LONGEST].strip("-") or "job"
    taken = set(Job.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= RESERVED
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _set_team(job: Job, team: list[Identity]) -> None:
    wanted = {identity.pk for identity in team}
    HiringTeamMember.objects.filter(job=job).exclude(identity_id__in=wanted).delete()
    for identity in team:
        job.add_to_team(identity)


def _set_questions(job: Job, questions: Sequence[Asked]) -> None:
    """Answers hold the words that were asked, so a question may change or go at any time."""
    known = {question.pk: question for question in Question.objects.filter(job=job)}
    for position, asked in enumerate(questions):
        question = known.pop(asked.id, None) if asked.id else None
        question = question or Question(job=job)
        question.position, question.text, question.kind = position, asked.text, asked.kind
        question.choices, question.required = list(asked.choices), asked.required
        question.save()
    for gone in known.values():
        gone.delete()


def owners_and_deciders(employer: Any) -> tuple[list[Identity], list[Identity]]:
    """(who may own a job, who may decide on one), by name; the second are all members."""
    members = list(employer.memberships.select_related("identity").order_by("identity__name", "id"))
    everyone = [member.identity for member in members if member.identity.is_active]
    owners = [member.identity for member in members if member.recruits]
    return owners, everyone


def may_interview(job: Job) -> list[Identity]:
    """Who may see the job's applications, by name: whoever recruits, and the job's own team."""
    team = set(HiringTeamMember.objects.filter(job=job).values_list("identity_id", flat=True))
    members = job.employer.memberships.select_related("identity").order_by("identity__name", "id")
    active = [member for member in members if member.identity.is_active]
    return [each.identity for each in active if each.recruits or each.identity_id in team]
