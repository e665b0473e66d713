"""The front desk: an application is taken in within a minute, at a tablet on the counter.

The same page adds by hand who wrote a letter or called. See docs/decisions/0023-walk-in.md.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sincerely.desk.access import DeskRequest, desk_view, job_or_404, visible_jobs
from sincerely.desk.front_desk_form import FrontDeskForm
from sincerely.desk.slips import FROM_FRONT_DESK, redirect_to_slip
from sincerely.documents.uploads import StorageFailed
from sincerely.hiring.front_desk import Taken, applied_before, take_in
from sincerely.hiring.models import Application, CannotDo, Job
from sincerely.hiring.publishing import walk_in_now
from sincerely.hiring.status import status_of
from sincerely.kernel.failures import note_failure

# Large choices; the others open below them.
TILES = 8
MOST_JOBS = 200
_SESSION = "front_desk"


# What was typed is about somebody else than who stands there next: nothing of it is kept.
@never_cache
@desk_view()
def front_desk(request: DeskRequest) -> HttpResponse:
    if request.method == "POST":
        return _take(request)
    asked = {"job": request.GET.get("job", "")} if request.GET.get("job") else {}
    return _page(request, FrontDeskForm(request.employer, initial=_last_time(request) | asked))


def _take(request: DeskRequest) -> HttpResponse:
    form = FrontDeskForm(request.employer, request.POST, request.FILES)
    try:
        return _answer(request, form)
    except StorageFailed as error:
        code = note_failure(request, error)
        form.add_error("resume", f"We could not store it, our fault ({code}). Save without it.")
        return _page(request, form, status=503)


def _answer(request: DeskRequest, form: FrontDeskForm) -> HttpResponse:
    valid = form.is_valid()
    slug = form.cleaned_data.get("job")
    job = job_or_404(request, slug) if slug else None
    with transaction.atomic():
        form.keep_file()
    if not valid or job is None:
        return _page(request, form, status=422)
    alike = applied_before(job, form.submission())
    same_as = _chosen(form, alike)
    is_answered = same_as or form.cleaned_data["same"] == FrontDeskForm.ANOTHER
    if not form.is_valid() or (alike and not is_answered):
        return _page(request, form, alike=alike, status=409)
    try:
        taken = _take_in(request, job, form, same_as)
    except CannotDo as refusal:
        form.add_error("job", f"{refusal} Choose another one; what you typed is still here.")
        return _page(request, form, status=409)
    _remember(request, form)
    return redirect_to_slip(request, taken.application, taken.pin, origin=FROM_FRONT_DESK)


def _take_in(
    request: DeskRequest, job: Job, form: FrontDeskForm, same_as: Application | None
) -> Taken:
    return take_in(
        job, form.submission(), by=request.user, note=form.cleaned_data["note"], same_as=same_as
    )


def _chosen(form: FrontDeskForm, alike: list[Application]) -> Application | None:
    """The application that the person at the desk said is theirs. Somebody else's address cannot
    be used for a new one."""
    answer, email = form.cleaned_data["same"], form.cleaned_data["email"]
    if answer == FrontDeskForm.ANOTHER and email and any(each.email == email for each in alike):
        form.add_error(
            "email", "This address belongs to the application above. Write another one, or none."
        )
    return next((each for each in alike if each.reference == answer), None)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def _page(
    request: DeskRequest,
    form: FrontDeskForm,
    *,
    alike: list[Application] | None = None,
    status: int = 200,
) -> HttpResponse:
    jobs = _open_jobs(request, first=form["job"].value() or "")
    context = {
        "form": form,
        "tiles": jobs[:TILES],
        "more_jobs": jobs[TILES:],
        "walk_in": walk_in_now(request.employer),
        # What may be said aloud: the person stands in front of the screen.
        "alike": [(each, status_of(each)) for each in alike or []],
    }
    return render(request, "desk/front_desk/page.html", context, status=status)


def _open_jobs(request: DeskRequest, *, first: str) -> list[Job]:
    """Those this member may see, the newest first, but before them the one chosen last."""
    jobs = visible_jobs(request).published().defer("description").order_by("-opened_at", "-id")
    return sorted(jobs[:MOST_JOBS], key=lambda job: job.slug != first)


def _last_time(request: DeskRequest) -> dict[str, str]:
    known: dict[str, dict[str, str]] = request.session.get(_SESSION, {})
    return known.get(request.employer.slug, {})


def _remember(request: DeskRequest, form: FrontDeskForm) -> None:
    """For the next person: the same job, taken in the same way."""
    chosen = {name: form.cleaned_data[name] for name in ("job", "source")}
    known: dict[str, Any] = request.session.get(_SESSION, {})
    request.session[_SESSION] = known | {request.employer.slug: chosen}
