"""The wording of each message, read with a real example before it is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring import message_setup
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import LABELS, UnknownPlaceholder, Wording, placeholders


class WordingForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(max_length=200, label="Subject")
    body = forms.CharField(max_length=10_000, label="Text", widget=forms.Textarea({"rows": 18}))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("subject", "body"):
            try:
                written = Wording(given.get(name, ""), "")
                message_setup.require_known_placeholders(self.kind, written)
            except UnknownPlaceholder as error:
                self.add_error(name, str(error))
        return given

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(given["subject"], given["body"].replace("\r\n", "\n"))


@desk_view(admin=True)
def kinds(request: DeskRequest) -> HttpResponse:
    own = setup_of(request.employer).templates
    rows = [{"kind": kind, "label": label, "is_own": kind in own} for kind, label in LABELS.items()]
    return render(request, "desk/settings/messages.html", {"rows": rows, "at": "messages"})


@desk_view(admin=True)
def message(request: DeskRequest, kind: str) -> HttpResponse:
    _require_kind(kind)
    wording = message_setup.wording_of(request.employer, kind)
    form = WordingForm(kind, initial={"subject": wording.subject, "body": wording.body})
    if request.method == "POST" and "default" in request.POST:
        message_setup.back_to_default(request.employer, kind, by=request.user)
        messages.success(request, f"{LABELS[kind]}: the default wording holds again.")
        return redirect("desk:settings_message", employer=request.employer.slug, kind=kind)
    if request.method == "POST":
        form = WordingForm(kind, request.POST)
        if form.is_valid():
            message_setup.save_wording(request.employer, kind, form.wording, by=request.user)
            messages.success(request, f"{LABELS[kind]}: saved.")
            return redirect("desk:settings_messages", employer=request.employer.slug)
        wording = Wording(request.POST.get("subject", ""), request.POST.get("body", ""))
    context = {
        "kind": kind,
        "label": LABELS[kind],
        "form": form,
        "is_own": kind in setup_of(request.employer).templates,
        "placeholders": placeholders(kind).items(),
        "at": "messages",
    }
    return render(request, "desk/settings/message.html", context | _shown(request, kind, wording))


@desk_view(admin=True)
def preview(request: DeskRequest, kind: str) -> HttpResponse:
    """How the newest applicant would read what is typed now. Changes nothing."""
    _require_kind(kind)
    if request.method != "POST":
        return redirect("desk:settings_message", employer=request.employer.slug, kind=kind)
    wording = Wording(request.POST.get("subject", "")[:200], request.POST.get("body", "")[:10_000])
    return render(request, "desk/settings/preview.html", _shown(request, kind, wording))


def _require_kind(kind: str) -> None:
    if kind not in LABELS:
        raise Http404


def _shown(request: DeskRequest, kind: str, wording: Wording) -> dict[str, Any]:
    context: dict[str, Any] = {"missing": message_setup.missing(kind, wording), "unknown": ""}
    context["example"] = message_setup.example(request.employer, kind, wording, by=request.user)
    try:
        message_setup.require_known_placeholders(kind, wording)
    except UnknownPlaceholder as error:
        context["unknown"] = str(error)
    return context
