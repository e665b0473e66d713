"""Who may see what at the desk. What is not theirs answers 404, as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sincerely.accounts.models import Employer, Identity, Membership
from sincerely.accounts.signed_in import membership_at
from sincerely.hiring.models import Application, Job
from sincerely.hiring.publishing import takes_walk_ins
from sincerely.kernel.unsent import signed_out


class DeskRequest(HttpRequest):
    """What `desk_view` hands to a view."""

    employer: Employer
    membership: Membership
    user: Identity  # type: ignore[assignment]
    htmx: Any


View = Callable[..., HttpResponse]


def desk_view(*, recruits: bool = False, admin: bool = False) -> Callable[[View], View]:
    """Let in members of the employer in the address; the view runs in that employer's
    scope and time zone.

    `recruits` lets in recruiters and admins only, `admin` admins only. The view must answer with a
    finished response (render, redirect): the scope ends with it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, employer: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return signed_out(request)
            membership = _membership(request, employer)
            if (admin and not membership.is_admin) or (recruits and not membership.recruits):
                raise Http404
            request.membership, request.employer = membership, membership.employer
            # Asked by the navigation, and only where there is one.
            request.takes_walk_ins = partial(takes_walk_ins, membership.employer)
            zone = ZoneInfo(membership.employer.time_zone)
            with membership.employer.scope(), timezone.override(zone):
                return view(request, **kwargs)

        return guarded

    return decorate


def _membership(request: Any, slug: str) -> Membership:
    membership = membership_at(slug, request.user)
    if membership is None:
        raise Http404
    return membership


def visible_jobs(request: DeskRequest) -> Any:
    """The jobs this member may see."""
    jobs: Any = request.employer.jobs
    return jobs.visible_to(request.membership)


def job_or_404(request: DeskRequest, slug: str) -> Job:
    job = get_object_or_404(visible_jobs(request).select_related("recruiter"), slug=slug)
    job.employer = request.employer
    return job


def visible_applications(request: DeskRequest) -> Any:
    """The applications this member may see: all, or those for their own jobs."""
    applications: Any = request.employer.applications.all()
    if request.membership.recruits:
        return applications
    return applications.of_jobs(visible_jobs(request))


def application_or_404(request: DeskRequest, reference: str) -> Application:
    """The application with these ten digits, with the rows a page about it shows."""
    return get_object_or_404(visible_applications(request).for_page(), reference=reference)
