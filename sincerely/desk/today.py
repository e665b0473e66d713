"""Today: whom this member owes a word. One list; one row is one debt to one person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications, visible_jobs
from sincerely.desk.day_groups import WEEK, Chain, Source, by_day, groups_context, wants_mine
from sincerely.desk.debt_rows import Rows
from sincerely.desk.mail import waiting_mail
from sincerely.hiring import debts
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock


@desk_view()
def today(request: DeskRequest) -> HttpResponse:
    """All three groups, or one of them page by page with `?group=`."""
    owed = _recruiters_debts(request) if request.membership.recruits else _managers_debts(request)
    context = groups_context(owed, request.GET) | {
        "mine": wants_mine(request.GET),
        "until": _day(request) + WEEK,
    }
    if not request.membership.recruits:
        context["unread"] = _not_yet_handed_over(request)
    elif not context["total"]:
        month = clock.now() - dt.timedelta(days=30)
        context["kept"] = debts.promises_kept(visible_applications(request), since=month)
    return render(request, "desk/today.html", context)


def _recruiters_debts(request: DeskRequest) -> dict[str, Chain]:
    """Promises that are due, questions of applicants and of hiring managers, failed messages,
    untold ends, whom our system failed, who has no receipt, applications that came too late,
    and mail that nobody has sorted."""
    applications, jobs = visible_applications(request), visible_jobs(request)
    if wants_mine(request.GET):
        jobs = jobs.filter(recruiter=request.user)
        applications = applications.of_jobs(jobs)
    day, rows = _day(request), Rows(request, _day(request))
    due = by_day(_shown(debts.due(applications)), "due_on", day, rows.due)
    asked = by_day(asked_of(jobs), "answer_by", day, rows.questions)
    unreached, untold = debts.unreached(applications), debts.untold(applications)
    to_discuss, failed = debts.to_discuss(applications), debts.failed(jobs)
    drafts = debts.late_drafts(jobs).select_related("job")
    mails = waiting_mail(request)
    without = debts.without_receipt(applications)
    return {
        "overdue": Chain(
            Source(_shown(untold), rows.untold, untold.count()),
            Source(_shown(unreached), rows.unreached, unreached.count()),
            Source(failed.select_related("job"), rows.failed, failed.count()),
            asked["overdue"],
            due["overdue"],
        ),
        "today": Chain(
            asked["today"],
            due["today"],
            Source(_shown(to_discuss), rows.to_discuss, to_discuss.count()),
            Source(_shown(without), rows.without_receipt, without.count()),
            Source(drafts, rows.late_drafts, drafts.count()),
            Source(mails, rows.mails, mails.count()),
        ),
        "week": Chain(asked["week"], due["week"]),
    }


def _managers_debts(request: DeskRequest) -> dict[str, Chain]:
    """Applications in the manager's jobs that wait for a word."""
    waiting = debts.awaiting_word(
        visible_applications(request), request.user, first_stage=_first_stage(request)
    )
    day = _day(request)
    due = by_day(_shown(debts.due(waiting)), "due_on", day, Rows(request, day).to_read)
    return {name: Chain(source) for name, source in due.items()}


def asked_of(jobs: Any) -> Any:
    """What applicants for these jobs asked and a person has to answer, as the lists show it."""
    return debts.to_answer(jobs).select_related("application__job__recruiter")


def _shown(applications: Any) -> Any:
    return applications.select_related("job__recruiter", "stage")


def _not_yet_handed_over(request: DeskRequest) -> int:
    """How many in the manager's jobs are still with the recruiter, in the first stage."""
    return visible_applications(request).open().filter(stage=_first_stage(request)).count()


def _first_stage(request: DeskRequest) -> Any:
    return setup_of(request.employer).stages[0].pk


def _day(request: DeskRequest) -> dt.date:
    return clock.today(request.employer.time_zone)
