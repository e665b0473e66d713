"""What the public may see: employers, and their jobs once they have been published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from sincerely.hiring.published_job import published_job

View = Callable[..., HttpResponse]


class PublicRequest(HttpRequest):
    """What `employer_view` and `job_view` hand to a view."""

    employer: Employer
    client_address: str


def employer_view(view: View) -> View:
    """Run the view in the scope of the employer in the address; 404 when there is none."""

    @wraps(view)
    def scoped(request: Any, employer: str, **kwargs: Any) -> HttpResponse:
        with acting_for(get_object_or_404(Employer, slug=employer), request):
            return view(request, **kwargs)

    return scoped


def job_view(view: View) -> View:
    """Run the view with the job in the address, in its employer's scope; 404 for a draft."""

    @wraps(view)
    def scoped(request: Any, employer: str, slug: str, **kwargs: Any) -> HttpResponse:
        job = job_or_404(employer, slug)
        with acting_for(job.employer, request):
            return view(request, job, **kwargs)

    return scoped


def key_view(view: View) -> View:
    """The link is the key to the page: nothing of it may be cached, indexed or sent on."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(guarded)


@contextmanager
def acting_for(employer: Employer, request: Any) -> Iterator[None]:
    """Within the block: the employer's rows, its name and look on the page, and its local time."""
    request.employer = employer
    with employer.scope(), timezone.override(ZoneInfo(employer.time_zone)):
        yield


def job_or_404(employer: str, slug: str) -> Job:
    """The job with its employer, its recruiter and its questions, in one statement."""
    job = published_job(employer, slug)
    if job is None:
        raise Http404
    return job
