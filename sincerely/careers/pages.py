"""The pages that anybody may read: the host's front page, an employer, a job."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sincerely.accounts.models import Employer
from sincerely.careers.access import PublicRequest, employer_view, job_view
from sincerely.careers.advice_page import context_of
from sincerely.careers.job_posting import job_posting
from sincerely.careers.prose import prose
from sincerely.hiring.advice import inquiry_of
from sincerely.hiring.apply_addresses import apply_address
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState
from sincerely.hiring.publishing import contact_sentences, first_answer_days, walk_in_now
from sincerely.kernel.tenancy import across_employers
from sincerely.kernel.text import one_line

PER_PAGE = 50
# Fewer jobs than this are read faster than searched.
SEARCHED_FROM = 12


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The way into the advice page, and employers with open jobs."""
    with across_employers():
        open_jobs = Job.objects.filter(employer=OuterRef("pk"), state=JobState.OPEN)
        count = open_jobs.order_by().values("employer").annotate(count=Count("id")).values("count")
        hiring = Employer.objects.filter(Exists(open_jobs)).order_by("name", "id")
        # The paginator counts without the annotation; only a page's rows pay for it.
        counted = hiring.annotate(open_jobs=Subquery(count))
        page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
        page.object_list = list(page.object_list)
    return render(request, "careers/front.html", {"page": page, **context_of(inquiry_of({}))})


@require_safe
@employer_view
def employer(request: PublicRequest) -> HttpResponse:
    """An employer's open jobs, and how it answers."""
    wanted = one_line(request.GET.get("q", ""))[:100]
    jobs = request.employer.jobs.published().order_by("-opened_at", "-id")  # type: ignore[attr-defined]
    for word in wanted.split()[:6]:
        jobs = jobs.filter(Q(title__icontains=word) | Q(location__icontains=word))
    page = Paginator(jobs.defer("description"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": request.employer,
        "about": prose(request.employer.about),
        "page": page,
        "wanted": wanted,
        "apply_address": apply_address(request.employer),
        "is_searched": wanted or page.paginator.count >= SEARCHED_FROM,
        **_how_we_answer(request.employer),
    }
    return render(request, "careers/employer.html", context)


@require_safe
@job_view
def job(request: PublicRequest, job: Job) -> HttpResponse:
    """One job; a paused or closed one says so."""
    context = {
        "job": job,
        "is_paused": job.state == JobState.PAUSED,
        "description": prose(job.description),
        "posting": job_posting(job, request.build_absolute_uri) if job.is_open else "",
        "apply_address": apply_address(job.employer, job) if job.is_open else "",
        **_how_we_answer(job.employer, job.pk),
    }
    response = render(request, "careers/job.html", context)
    if not job.is_open:
        response["X-Robots-Tag"] = "noindex"
    return response


def _how_we_answer(employer: Employer, job_id: Any = None) -> dict[str, Any]:
    return {
        "contact": contact_sentences(employer, job_id),
        "first_answer_days": first_answer_days(employer),
        "walk_in": walk_in_now(employer, job_id),
    }
