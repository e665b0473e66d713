"""Answering one follow-up: with a message, by noting that it is done, and taking either back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.delivery_words import waits
from sincerely.desk.follow_up_box import ReplyForm, box_context, fresh_form, rewritten_form
from sincerely.desk.follow_ups import follow_up_or_404, inbox_context, one_context
from sincerely.desk.going_back import go_back, own_page
from sincerely.hiring.models import CannotDo, FollowUp
from sincerely.hiring.status import status_of


class SettlementForm(forms.Form):
    HOW = (("spoken", "It was answered another way"), ("none", "It needs no answer"))

    how = forms.ChoiceField(choices=HOW)
    note = forms.CharField(
        required=False,
        max_length=500,
        error_messages={
            "max_length": "This has %(show_value)d characters; a note may have %(limit_value)d."
        },
    )

    @property
    def words(self) -> str:
        given = self.cleaned_data
        said = f"{dict(self.HOW)[given['how']]}."
        return f"{said} {given['note']}".strip()


@desk_view(recruits=True)
def follow_up(request: DeskRequest, follow_up_id: UUID) -> HttpResponse:
    """A page of its own; for htmx, the box in its place."""
    shown = follow_up_or_404(request, follow_up_id)
    if request.htmx:
        return _box(request, shown, fresh_form(shown))
    return _page(request, shown)


@desk_view(recruits=True)
def preview(request: DeskRequest, follow_up_id: UUID) -> HttpResponse:
    """The box again: with a ready sentence, another day, or the message for what is typed now.
    Changes nothing."""
    shown = follow_up_or_404(request, follow_up_id)
    if request.method != "POST":
        return redirect(_address(request, shown))
    status = status_of(shown.application)
    form = rewritten_form(shown, request.POST, status)
    return _box(request, shown, form, status=status, focus_it="add" in request.POST)


@desk_view(recruits=True)
def reply(request: DeskRequest, follow_up_id: UUID) -> HttpResponse:
    shown = follow_up_or_404(request, follow_up_id)
    if request.method != "POST":
        return redirect(_address(request, shown))
    form = ReplyForm(request.POST, follow_up=shown)
    if not form.is_valid():
        return _box(request, shown, form)
    given = form.cleaned_data
    try:
        message = shown.respond(given["text"], by=request.user, seen=given["seen"], **form.dates)
    except CannotDo as refusal:
        fresh = follow_up_or_404(request, follow_up_id)
        return _box(request, fresh, form, refusal=str(refusal))
    what = "has a first answer" if given["more"] else "is answered"
    return _done(request, shown, f"{shown.application.name} {what}. {waits(message.hold_until)}")


@desk_view(recruits=True)
def settlement(request: DeskRequest, follow_up_id: UUID) -> HttpResponse:
    """Done without a message: answered another way, or in need of no answer."""
    shown = follow_up_or_404(request, follow_up_id)
    if request.method != "POST":
        return _box(request, shown, fresh_form(shown), settling=True)
    form = SettlementForm(request.POST)
    if not form.is_valid():
        return _box(request, shown, fresh_form(shown), settling=form)
    try:
        shown.settle(by=request.user, note=form.words)
    except CannotDo as refusal:
        fresh = follow_up_or_404(request, follow_up_id)
        return _box(request, fresh, fresh_form(fresh), refusal=str(refusal))
    return _done(request, shown, f"{shown.application.name}: done. Nothing was sent.")


@desk_view(recruits=True)
def undo(request: DeskRequest, follow_up_id: UUID) -> HttpResponse:
    """Take back the reply while it is held, or that it was done."""
    shown = follow_up_or_404(request, follow_up_id)
    if request.method != "POST":
        return redirect(_address(request, shown))
    try:
        shown.take_response_back(by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, "Taken back. Nothing was sent, and it waits for an answer again.")
    came_from = own_page(request, request.headers.get("Referer", ""))
    focus = _desk(request, "follow_ups_focus")
    if came_from.partition("?")[0] == focus:
        return redirect(f"{focus}?at={shown.pk}")
    return redirect(f"{came_from or _desk(request, 'follow_ups')}#asked-{shown.pk}")


# ── what is answered ─────────────────────────────────────────────────────────────────────────────


def _box(
    request: DeskRequest, shown: FollowUp, form: ReplyForm, *, status: Any = None, **more: Any
) -> HttpResponse:
    """The box in its place, else the page with it."""
    if not request.htmx:
        return _page(request, shown, form=form, **more)
    context = box_context(request, shown, form, status) | {"focus_it": True} | more
    return render(request, "desk/follow_ups/box.html", context)


def _page(
    request: DeskRequest, shown: FollowUp, *, form: ReplyForm | None = None, **more: Any
) -> HttpResponse:
    came_from = request.POST.get("next") or request.headers.get("Referer", "")
    context = one_context(request, shown)
    if form:
        context |= box_context(request, shown, form, context["status"])
    context |= more | {"place": "page", "next": own_page(request, came_from)}
    return render(request, "desk/follow_ups/one.html", context)


def _done(request: DeskRequest, shown: FollowUp, text: str) -> HttpResponse:
    """In the inbox the list without it, in focus a line in its place; elsewhere, the next page."""
    undo_address = reverse("desk:follow_up_undo", args=[request.employer.slug, shown.pk])
    context = {"follow_up": shown, "toast": text, "undo_address": undo_address}
    place = request.POST.get("place") if request.htmx else "page"
    if place == "inbox":
        address = urlsplit(request.headers.get("HX-Current-URL", ""))
        # The list is made as the page that shows it was asked for.
        request.GET = QueryDict(address.query)  # type: ignore[assignment]
        context |= inbox_context(request)
        return _swap(request, "answered_inbox", context, "#follow-ups")
    if place == "focus":
        return _swap(request, "answered_focus", context, f"#asked-{shown.pk}")
    messages.success(request, text, extra_tags=f"undo={undo_address}")
    return go_back(request, _desk(request, "follow_ups"))


def _swap(
    request: DeskRequest, template: str, context: dict[str, Any], target: str
) -> HttpResponse:
    response = render(request, f"desk/follow_ups/{template}.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = target, "outerHTML"
    response["HX-Trigger-After-Settle"] = "follow-up-answered"
    return response


def _address(request: DeskRequest, shown: FollowUp) -> str:
    return reverse("desk:follow_up", args=[request.employer.slug, shown.pk])


def _desk(request: DeskRequest, name: str) -> str:
    return reverse(f"desk:{name}", args=[request.employer.slug])
