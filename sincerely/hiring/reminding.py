"""Reminding whoever owes applicants a word: one mail for each person and morning, at most.

What is owed is read afresh each time; what is not owed any more is not in the mail, and who owes
nothing gets none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from sincerely.accounts.models import Employer, Membership, Role
from sincerely.hiring import debts
from sincerely.hiring.dates import MORNING, date_to_promise
from sincerely.hiring.models import (
    Application,
    FollowUp,
    HiringTeamMember,
    Job,
    Reminder,
    Review,
)
from sincerely.hiring.reminder_words import Digest, Owed
from sincerely.hiring.setup import setup_of
from sincerely.hiring.word_links import awaiting, open_alone, word_link
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from sincerely.protocol.business_days import is_business_day

BUSINESS_DAYS_AHEAD = 2
MOST_ROWS = 20
# A worker that was down at 8 catches up; in the afternoon it is no morning mail any more.
UNTIL = dt.time(12)


def is_time(employer: Employer) -> bool:
    """Whether it is the morning of a business day at the employer's place."""
    local = clock.now().astimezone(ZoneInfo(employer.time_zone))
    works = is_business_day(local.date(), employer.country, employer.subdivision)
    return works and MORNING <= local.time() < UNTIL


def members_to_remind() -> Iterator[Membership]:
    """Everybody whose morning it is and who did not switch reminders off."""
    employers = [each for each in Employer.objects.all() if is_time(each)]
    wanted = Membership.objects.filter(
        employer__in=employers, identity__is_active=True, identity__daily_reminders=True
    )
    return wanted.order_by("employer_id", "id").iterator()


def remind(membership: Membership) -> Message | None:
    """Write to a member what they owe within two business days; None when they owe nothing, were
    reminded today, or want no reminders. Takes place in the employer's scope."""
    employer, identity = membership.employer, membership.identity
    today = clock.today(employer.time_zone)
    if not (identity.is_active and identity.daily_reminders):
        return None
    if Reminder.objects.filter(identity=identity, day=today).exists():
        return None
    digest = digest_of(membership)
    if not digest.rows:
        return None
    with transaction.atomic():
        if not Reminder.objects.claim(identity, today):
            return None
        return _queue(digest)


def digest_of(membership: Membership) -> Digest:
    """What a member owes within two business days, what is due first on top."""
    employer = membership.employer
    last = date_to_promise(employer, BUSINESS_DAYS_AHEAD)
    owed = _recruiters_debts if membership.recruits else _managers_debts
    count, rows = owed(membership, last)
    return Digest(
        identity=membership.identity,
        employer=employer,
        count=count,
        rows=rows,
        desk=_desk_address(employer, "today"),
        switch_off=f"{settings.PUBLIC_URL}{reverse('your_sign_in')}#reminders",
        opens_alone=not membership.recruits and open_alone(),
    )


def _managers_debts(membership: Membership, last: dt.date) -> tuple[int, list[Owed]]:
    """How many applications wait for their word, and the first of them."""
    waiting = awaiting(membership).filter(due_on__lte=last)
    first = waiting.select_related("job", "stage")[:MOST_ROWS]
    return waiting.count(), [_to_read(each, membership) for each in first]


def _recruiters_debts(membership: Membership, last: dt.date) -> tuple[int, list[Owed]]:
    """Dates to keep and questions to answer, in their own jobs; an admin's are also those of jobs
    that nobody owns."""
    own = Q(recruiter=membership.identity_id)
    jobs = Job.objects.filter(own | Q(recruiter=None) if membership.is_admin else own)
    applications = Application.objects.of_jobs(jobs)
    due = debts.due(applications, first=dt.date.min, last=last).exclude(_with_manager(membership))
    asked = debts.to_answer(jobs).filter(answer_by__lte=last)
    employer = membership.employer
    rows = [_due(one, employer) for one in due.select_related("job", "stage")[:MOST_ROWS]]
    first = asked.select_related("application__job")[:MOST_ROWS]
    rows += [_asked(each, employer) for each in first]
    rows.sort(key=lambda row: row.day)
    return due.count() + asked.count(), rows[:MOST_ROWS]


def _with_manager(membership: Membership) -> Q:
    """Those on which a hiring manager has to say a word first; from the day itself on the
    applicant has to hear, with or without it."""
    managers = Membership.objects.filter(
        employer=membership.employer, role=Role.HIRING_MANAGER, identity=OuterRef("identity")
    )
    team = HiringTeamMember.objects.filter(Exists(managers), job=OuterRef("job"))
    said = Review.objects.filter(
        application=OuterRef("pk"),
        outcome=Review.Outcome.DISCUSS,
        at__gte=OuterRef("stage_since"),
    )
    today = clock.today(membership.employer.time_zone)
    first_stage = setup_of(membership.employer).stages[0].pk
    ahead = Q(due_on__gt=today) & ~Q(stage=first_stage)
    return ahead & Q(Exists(team)) & ~Q(Exists(said))


def _to_read(application: Application, membership: Membership) -> Owed:
    application.employer = membership.employer
    action = f"Say a word on {application.name}"
    if not open_alone():
        return _due(application, membership.employer, action)
    return _due(
        application, membership.employer, action, word_link(application, membership.identity)
    )


def _due(application: Application, employer: Employer, action: str = "", link: str = "") -> Owed:
    assert application.due_on is not None
    return Owed(
        name=application.name,
        job=application.job.title,
        about=f"in {application.stage.name}",
        day=application.due_on,
        day_is="hears by",
        action=action or f"Open {application.name}’s application",
        address=link or _desk_address(employer, "application", reference=application.reference),
    )


def _asked(follow_up: FollowUp, employer: Employer) -> Owed:
    application: Any = follow_up.application
    assert follow_up.answer_by is not None
    return Owed(
        name=application.name,
        job=application.job.title,
        about=f"asked: “{follow_up.get_topic_display()}”",
        day=follow_up.answer_by,
        day_is="answer by",
        action=f"Answer {application.name}",
        address=_desk_address(employer, "follow_up", follow_up_id=str(follow_up.pk)),
    )


def _desk_address(employer: Employer, name: str, **parts: str) -> str:
    path = reverse(f"desk:{name}", kwargs={"employer": employer.slug, **parts})
    return f"{settings.PUBLIC_URL}{path}"


def _queue(digest: Digest) -> Message:
    # About nobody: it tells applicants nothing, and keeps no promise. Past letters.py, because it
    # has a frame of its own and goes out in the morning that it is about.
    return Message.objects.queue(
        kind="reminder",
        to_address=digest.identity.email,
        to_name=digest.identity.name,
        subject=digest.subject,
        text=digest.text,
        html=digest.html,
        employer=digest.employer,
    )
