"""The support desk: who waits for an answer of ours, and the trail of each incident."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sincerely.hiring.models import CannotDo
from sincerely.kernel.form_fields import LinesField
from sincerely.kernel.ids import read_help_code
from sincerely.kernel.tenancy import across_employers
from sincerely.operator.access import OperatorRequest, operator_view
from sincerely.operator.place import Place, at_its_place
from sincerely.outbox.models import Message
from sincerely.support.models import Incident
from sincerely.support.reply_time import day_there
from sincerely.support.reporting import gist

PER_PAGE = 50
# Of what needs nobody just now.
SHOWN = 20


class ReplyForm(forms.Form):
    use_required_attribute = False
    text = LinesField(
        longest=10_000,
        label="Your answer",
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": "Write what they should know."},
    )
    solves = forms.BooleanField(required=False, label="This solves it")
    is_ours = forms.BooleanField(
        required=False,
        label="The fault was ours",
        help_text="Their follow-up with the employer is given back.",
    )


class SolutionForm(forms.Form):
    use_required_attribute = False
    note = LinesField(
        longest=5_000, required=False, label="What was it?", widget=forms.Textarea({"rows": 2})
    )


@operator_view
def incidents(request: OperatorRequest) -> HttpResponse:
    """Who waits, the longest promised first; what failed and nobody wrote about; what is over."""
    waiting = Paginator(Incident.objects.waiting().with_words(), PER_PAGE)
    page = waiting.get_page(request.GET.get("page"))
    rows = [(each, gist(each.words), _days_late(each)) for each in page]
    unreported = Incident.objects.unreported()
    context = {
        "page": page,
        "waiting": rows,
        "unreported": unreported.select_related("employer")[:SHOWN],
        "unreported_count": unreported.count(),
        "settled": Incident.objects.settled().select_related("employer")[:SHOWN],
    }
    return render(request, "operator/incidents.html", context)


def _days_late(incident: Incident) -> int:
    """Calendar days since the day of the answer; 0 while it holds."""
    by = incident.reply_by
    return max((day_there(incident.employer) - by).days, 0) if by else 0


@operator_view
def find(request: OperatorRequest) -> HttpResponse:
    """To the incident with a code that somebody reads out."""
    typed = request.GET.get("code", "")
    if incident := Incident.objects.by_code(read_help_code(typed)):
        return redirect("incident", incident.code)
    messages.error(request, f"No incident has the code {typed[:40]}. It may be in the log alone.")
    return redirect("incidents")


@operator_view
def incident(request: OperatorRequest, code: str) -> HttpResponse:
    return _page(request, _incident(code))


@operator_view
def replies(request: OperatorRequest, code: str) -> HttpResponse:
    """Answer it."""
    found = _incident(code)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, reply=form)
    return _done(request, found, lambda: found.reply(by=request.user, **form.cleaned_data))


@operator_view
def solution(request: OperatorRequest, code: str) -> HttpResponse:
    """Nothing is left to do about it."""
    found = _incident(code)
    form = SolutionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, solution=form)
    return _done(request, found, lambda: found.solve(by=request.user, **form.cleaned_data))


def _done(request: OperatorRequest, incident: Incident, verb: Any) -> HttpResponse:
    try:
        verb()
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect("incident", incident.code)
    done = "solved" if incident.solved_at else "answered"
    messages.success(request, f"{incident.code} is {done}.")
    return redirect("incidents")


def _page(request: OperatorRequest, incident: Incident, **forms: Any) -> HttpResponse:
    shown = {"reply": ReplyForm(), "solution": SolutionForm()} | forms
    status = 422 if request.method == "POST" else 200
    with at_its_place(incident):
        context = _shown(incident) | shown
        return render(request, "operator/incident.html", context, status=status)


def _incident(code: str) -> Incident:
    if found := Incident.objects.by_code(read_help_code(code)):
        return found
    raise Http404


def _shown(incident: Incident) -> dict[str, Any]:
    steps = list(incident.steps.all())
    sent = _messages([step.message_key for step in steps if step.message_key])
    return {
        "incident": incident,
        "place": Place.of(incident),
        "steps": [(step, sent.get(step.message_key)) for step in steps],
        "today": day_there(incident.employer),
    }


def _messages(keys: list[Any]) -> dict[Any, Message]:
    """What became of the replies."""
    if not keys:
        return {}
    with across_employers():
        rows = Message.objects.filter(pk__in=keys).defer("raw", "html", "text")
        return {message.pk: message for message in rows}
