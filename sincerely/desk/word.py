"""A hiring manager's word by the link in a reminder, without signing in.

GET shows, POST acts. What the link opens is hiring's to say (word_links.py); here is shown what
the hiring manager sees of an application at the desk, without the original file, what colleagues
say, and the history: a link may be passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.accounts.models import Employer
from sincerely.desk.decisions import what_follows
from sincerely.hiring.links import BadLink, LinkIsOver, status_token
from sincerely.hiring.models import Application, CannotDo, Review
from sincerely.hiring.word_links import (
    Said,
    WordKey,
    open_said,
    read_said,
    said_path,
)
from sincerely.hiring.wording import Wording

Outcome = Review.Outcome


class WordForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        error_messages={"required": "Choose Advance, Discuss or Decline."},
        label="Your word",
    )
    reason = forms.CharField(
        max_length=2_000,
        error_messages={"required": "Say why, in a sentence: your team reads it."},
        label="Why?",
        widget=forms.Textarea({"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the three buttons: what it does, and the message that it sends."""

    outcome: str
    label: str
    note: str
    wording: Wording | None = None


def link_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The link is the key to the page: nothing of it may be cached, indexed or sent on.

    No CSRF token: the link is the only proof there is, and no cookie plays a part.
    """

    @wraps(view)
    def guarded(request: Any, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except LinkIsOver:
            response = _over(request, "desk/word/ended.html", 410)
        except BadLink:
            response = _over(request, "desk/word/not_complete.html", 404)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(never_cache(guarded)))


@link_view
def word(request: Any, token: str) -> HttpResponse:
    """Read the application on GET; say the word on POST. Afterwards the link opens nothing."""
    key = WordKey.read(token)
    with _acting_for(key.employer_id, request) as employer:
        form = WordForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                outcome = Outcome(form.cleaned_data["outcome"])
                review = key.say(employer, outcome, reason=form.cleaned_data["reason"])
                return _see_other(said_path(review))
            except CannotDo as refusal:
                form.add_error(None, str(refusal))
        asked = key.open(employer)
        context = {
            "application": asked.application,
            "member": asked.membership.identity,
            "choices": _choices(asked.application),
            "form": form,
            "token": token,
        }
        return render(request, "desk/word/page.html", context, status=422 if form.errors else 200)


@link_view
def said(request: Any, token: str) -> HttpResponse:
    """What was said and until when it can be undone; on POST, undo it."""
    employer_id, review_id = read_said(token)
    with _acting_for(employer_id, request) as employer:
        found = open_said(employer, review_id)
        if request.method != "POST":
            return _said_page(request, found, token)
        try:
            found.take_back()
        except CannotDo as refusal:
            return _said_page(request, found, token, refusal=str(refusal))
        return _see_other(request.path)


def _said_page(request: Any, found: Said, token: str, refusal: str = "") -> HttpResponse:
    review: Any = found.review
    context = {
        "said": found,
        "review": review,
        "application": review.application,
        "token": token,
        "refusal": refusal,
    }
    return render(request, "desk/word/said.html", context, status=409 if refusal else 200)


@contextmanager
def _acting_for(employer_id: UUID, request: Any) -> Iterator[Employer]:
    """Within the block: the employer's rows, its name and look on the page, and its local time."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise BadLink("There is no such employer.")
    request.employer = employer
    with employer.scope(), timezone.override(ZoneInfo(employer.time_zone)):
        yield employer


def _choices(application: Application) -> list[Choice]:
    """The buttons that this stage has: who is in the last one cannot be advanced."""
    found = []
    for outcome in (Outcome.ADVANCE, Outcome.DISCUSS, Outcome.DECLINE):
        try:
            found.append(_choice(application, outcome, what_follows(application, outcome)))
        except CannotDo:
            continue
    return found


def _choice(application: Application, outcome: Outcome, follows: dict[str, Any]) -> Choice:
    if outcome == Outcome.DISCUSS:
        recruiter = application.job.recruiter or "The recruiter"
        note = f"{recruiter} sees that you want to talk. Nothing is sent to {application.name}."
        return Choice(outcome, "Discuss", note)
    label = f"Advance to {follows['stage'].name}" if outcome == Outcome.ADVANCE else "Decline"
    if not application.email:
        note = f"{application.name} gave no e-mail address, so somebody calls."
        return Choice(outcome, label, note)
    wording = _without_key(application, follows["wording"])
    return Choice(outcome, label, f"{application.name} is told {_when(application)}", wording)


def _when(application: Application) -> str:
    minutes = int(application.employer.undo_window.total_seconds() // 60)
    if not minutes:
        return "at once."
    return f"after {minutes} minute{'s' if minutes > 1 else ''}. Until then you can undo."


def _without_key(application: Application, wording: Wording) -> Wording:
    """Who has the link to the status page can withdraw in the applicant's name."""
    return Wording(wording.subject, wording.body.replace(status_token(application), "…"))


def _over(request: Any, template: str, status: int) -> HttpResponse:
    employer = getattr(request, "employer", None)
    entrance = (
        reverse("desk:today", kwargs={"employer": employer.slug})
        if employer
        else reverse("desk:entrance")
    )
    return render(request, template, {"entrance": entrance}, status=status)


def _see_other(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response
