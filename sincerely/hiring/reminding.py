"""Reminding whoever owes applicants a word: one mail for each person and morning, at most.

What is owed is read afresh each time; what is not owed any more is not in the mail, and who owes
nothing gets none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from sincerely.accounts.models import Employer, Membership, Role
from sincerely.hiring import debts
from sincerely.hiring.dates import MORNING, date_to_promise, in_words
from sincerely.hiring.legal_clocks import day_of_interview, deadline_after, interviewed
from sincerely.hiring.models import (
    Application,
    FollowUp,
    HiringTeamMember,
    Job,
    Reminder,
    Review,
)
from sincerely.hiring.reminder_words import Digest, Owed
from sincerely.hiring.scoring import owed_by
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
    """Words and scorecards that applications wait for: how many, and the first of them."""
    waiting = awaiting(membership).filter(due_on__lte=last)
    return _first_of(
        (waiting.select_related("job", "stage"), lambda each: _to_read(each, membership)),
        _cards_owed(membership, last),
    )


def _recruiters_debts(membership: Membership, last: dt.date) -> tuple[int, list[Owed]]:
    """Dates to keep, questions to answer and what the law sets a day for, in their own jobs; an
    admin's are also those of jobs that nobody owns. And scorecards, wherever they were asked."""
    employer = membership.employer
    jobs = Job.objects.owned_by(membership)
    applications = Application.objects.of_jobs(jobs)
    due = debts.due(applications, first=dt.date.min, last=last).exclude(_with_manager(membership))
    asked = debts.to_answer(jobs).filter(answer_by__lte=last)
    by_law = interviewed(applications, employer)
    by_law = by_law.filter(interviewed_on__lte=day_of_interview(employer, last))
    return _first_of(
        (due.select_related("job", "stage"), lambda each: _due(each, employer)),
        (asked.select_related("application__job"), lambda each: _asked(each, employer)),
        (by_law.select_related("job", "stage"), lambda each: _by_law(each, employer)),
        _cards_owed(membership, last),
    )


def _first_of(*kinds: tuple[Any, Callable[[Any], Owed]]) -> tuple[int, list[Owed]]:
    """How many of all kinds together, and the first of them, what is due first on top."""
    count = sum(rows.count() for rows, _ in kinds)
    first = [as_owed(each) for rows, as_owed in kinds for each in rows[:MOST_ROWS]]
    return count, sorted(first, key=lambda owed: owed.day)[:MOST_ROWS]


def _cards_owed(membership: Membership, last: dt.date) -> tuple[Any, Callable[[Any], Owed]]:
    """The scorecards that this member was asked for and still owes."""
    seen = Application.objects.of_jobs(Job.objects.visible_to(membership))
    owed = owed_by(membership.identity, seen).filter(due_on__lte=last)
    owed = owed.select_related("application__job", "application__stage")
    return owed, lambda each: _to_score(each, membership.employer)


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


def _to_score(request: Any, employer: Employer) -> Owed:
    application: Application = request.application
    return Owed(
        name=application.name,
        job=application.job.title,
        about=f"in {application.stage.name}, as {request.asked_by} asked",
        day=request.due_on,
        day_is="score by",
        action=f"Score {application.name}",
        address=_desk_address(employer, "scorecard", reference=application.reference),
    )


def _by_law(application: Any, employer: Employer) -> Owed:
    return Owed(
        name=application.name,
        job=application.job.title,
        about=f"interviewed {in_words(application.interviewed_on)}",
        day=deadline_after(employer, application.interviewed_on).day,
        day_is="by law told by",
        action=f"Tell {application.name} the outcome",
        address=_desk_address(employer, "application", reference=application.reference),
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
