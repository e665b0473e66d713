"""Planning an interview: times are offered, a date is entered or changed, and the message is seen
before it goes out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of
from sincerely.desk.interview_form import SLOTS, PlanForm, of_interview, suggested
from sincerely.hiring.interview_clashes import clashes
from sincerely.hiring.interview_dates import date_after_offer, date_of_answer, set_date
from sincerely.hiring.interview_mail import text_of
from sincerely.hiring.interview_words import when_words
from sincerely.hiring.interviews import drafted, move, propose, require_free, schedule
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, CannotDo, Interview
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock

OFFER, ENTER, CHANGE = "offer", "enter", "change"
_TITLES = {
    OFFER: "Offer {name} times for the {kind}",
    ENTER: "Enter the {kind} you agreed on with {name}",
    CHANGE: "Another date for {name}’s {kind}",
}
_ACTIONS = {OFFER: "Offer these times", ENTER: "Enter the date", CHANGE: "Change the date"}
_KINDS = {OFFER: "interview_proposed", ENTER: "interview_scheduled", CHANGE: "interview_moved"}


@desk_view(recruits=True)
def plan(request: DeskRequest, reference: str) -> HttpResponse:
    """Offer times (with `?instead_of=` in the place of an interview there is), or with `?enter=1`
    enter a date."""
    application = application_or_404(request, reference)
    enters = "enter" in request.GET or not application.email
    earlier = _named(application, request.GET.get("instead_of", ""))
    return _handle(request, application, ENTER if enters else OFFER, earlier)


@desk_view(recruits=True)
def date(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    """Another date, place or company."""
    application = application_or_404(request, reference)
    return _handle(request, application, CHANGE, interview_or_404(application, interview_id))


def without_key(text: Wording, application: Application) -> Wording:
    """To be shown at the desk: who has the key to the applicant's page can withdraw for them."""
    return Wording(text.subject, text.body.replace(status_token(application), "…"))


def interview_or_404(application: Application, interview_id: UUID) -> Interview:
    """The interview, with `application` as it was read for the page."""
    interview = get_object_or_404(application.interviews.for_page(), pk=interview_id)
    interview.application, interview.employer = application, application.employer
    return interview


def _named(application: Application, text: str) -> Interview | None:
    if not text:
        return None
    try:
        return interview_or_404(application, UUID(text))
    except ValueError as error:
        raise Http404 from error


def _handle(
    request: DeskRequest, application: Application, way: str, earlier: Interview | None
) -> HttpResponse:
    number = len(SLOTS) if way == OFFER else 1
    if way != CHANGE and (refusal := _refusal(application, earlier)):
        form = PlanForm(request.POST or None, application=application, number=number)
        return _page(request, application, way, form, refusal=refusal)
    if request.method != "POST":
        initial = of_interview(earlier) if earlier else suggested(application)
        initial = {**initial, "first": None} if way == OFFER else initial
        form = PlanForm(initial=initial, application=application, number=number)
        return _page(request, application, way, form)
    form = PlanForm(request.POST, application=application, number=number)
    if not form.is_valid():
        return _page(request, application, way, form)
    warnings = clashes(
        application, form.chosen_people, form.starts, form.cleaned_data["minutes"], besides=earlier
    )
    key = form.key(warnings)
    if "look" in request.POST or form.cleaned_data["seen"] != key:
        changed = "look" not in request.POST and bool(form.cleaned_data["seen"])
        shown = {"wording": _wording(application, way, form, earlier), "key": key}
        more = {"warnings": warnings, "changed": changed}
        return _page(request, application, way, form, **shown, **more)
    try:
        said = _act(request, application, way, form, earlier)
    except CannotDo as refusal:
        return _page(request, application, way, form, refusal=str(refusal))
    messages.success(request, said[0], extra_tags=f"undo={said[1]}" if said[1] else "")
    return redirect(address_of("application", request, application.reference) + "#interviews")


def _refusal(application: Application, earlier: Interview | None) -> str:
    """Why nothing can be planned now; said before anybody fills in the form."""
    try:
        require_free(application, besides=earlier)
    except CannotDo as refusal:
        return str(refusal)
    return ""


def _act(
    request: DeskRequest,
    application: Application,
    way: str,
    form: PlanForm,
    earlier: Interview | None,
) -> tuple[str, str]:
    """Does it; returns what was done, and the address that takes it back."""
    by, plan, name = request.user, form.plan, application.name
    if way == CHANGE and earlier:
        move(earlier, plan, form.starts[0], by=by)
        return f"The date is changed, and {name} is told.", ""
    if way == ENTER:
        made = schedule(application, plan, form.starts[0], by=by)
        said = f"The {made.named} with {name} is entered."
    else:
        pick_by = form.cleaned_data["pick_by"]
        made = propose(application, plan, form.starts, by=by, pick_by=pick_by, instead_of=earlier)
        said = f"{name} can pick a time."
    held = made.shown_at > clock.now()
    undo = address_of("interview_undo", request, application.reference, interview_id=made.pk)
    return said, undo if held else ""


def _wording(
    application: Application, way: str, form: PlanForm, earlier: Interview | None
) -> Wording | None:
    """The message as it will be read; None where nobody can be told."""
    if not application.email:
        return None
    pick_by = form.cleaned_data.get("pick_by")
    draft = drafted(application, form.plan, pick_by=pick_by)
    if way == OFFER:
        due_on, slots = date_after_offer(draft), form.starts
    else:
        set_date(draft, form.starts[0])
        due_on, slots = date_of_answer(draft), []
    said = {"personal_line": form.plan.line}
    said |= {"earlier_when": when_words(earlier)} if earlier else {}
    people = form.chosen_people
    text = text_of(draft, _KINDS[way], people=people, slots=slots, due_on=due_on, **said)
    return without_key(text, application)


def _page(
    request: DeskRequest, application: Application, way: str, form: PlanForm, **more: Any
) -> HttpResponse:
    kind = application.stage.get_kind_display().lower() or "interview"
    context = {
        "application": application,
        "form": form,
        "slots": [form[name] for name in form.slots],
        "way": way,
        "title": _TITLES[way].format(name=application.name, kind=kind),
        "action": _ACTIONS[way],
        "zone": application.employer.time_zone.rpartition("/")[2].replace("_", " "),
        "address": request.get_full_path(),
    }
    return render(request, "desk/interviews/plan.html", context | more)
