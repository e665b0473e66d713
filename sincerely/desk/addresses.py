"""Addresses that get no mail from this employer, why, and the way back; and another address for
somebody whom mail does not reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of, go_back
from sincerely.hiring.models import Application, CannotDo
from sincerely.hiring.reaching import give_another_address, stop_writing_to, write_again_to
from sincerely.kernel.form_fields import AddressField, LineField
from sincerely.outbox.models import Suppression

PER_PAGE = 50
LIFTED_SHOWN = 10


class StopForm(forms.Form):
    use_required_attribute = False
    address = AddressField(
        label="Address",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Which address?"},
    )
    reason = LineField(
        label="Why",
        longest=200,
        help_text="For the team; applicants never see it.",
        error_messages={"required": "Say why, so that somebody else can judge later."},
    )


class WhyForm(forms.Form):
    why = LineField(longest=200, error_messages={"required": "Say why it is worth another try."})


class AnotherForm(forms.Form):
    email = AddressField(error_messages={"required": "Which address did they give you?"})


@desk_view(recruits=True)
def addresses(request: DeskRequest) -> HttpResponse:
    """The list; POST stops mail to one more."""
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = stop_writing_to(**form.cleaned_data, by=request.user)
        messages.success(request, f"No more mail goes to {row.address}.")
        return redirect("desk:addresses", employer=request.employer.slug)
    return _page(request, form, status=422 if form.is_bound else 200)


@desk_view(recruits=True)
def address_again(request: DeskRequest, suppression_id: UUID) -> HttpResponse:
    """Write to this address again, and say why."""
    row = get_object_or_404(Suppression, pk=suppression_id)
    form = WhyForm(request.POST)
    if request.method != "POST":
        return redirect("desk:addresses", employer=request.employer.slug)
    if not form.is_valid():
        return _page(request, StopForm(), status=422, wrong=row.pk, trouble=form.errors["why"][0])
    if write_again_to(row, by=request.user, why=form.cleaned_data["why"]):
        messages.success(request, f"Mail goes to {row.address} again.")
    return redirect("desk:addresses", employer=request.employer.slug)


@desk_view(recruits=True)
def another_address(request: DeskRequest, reference: str) -> HttpResponse:
    """The applicant told somebody of the team where mail reaches them."""
    application = application_or_404(request, reference)
    page = address_of("application", request, reference)
    if request.method != "POST":
        return redirect(page)
    form = AnotherForm(request.POST)
    try:
        if not form.is_valid():
            raise CannotDo(form.errors["email"][0])
        give_another_address(application, form.cleaned_data["email"], by=request.user)
    except CannotDo as refusal:
        messages.error(request, f"Nothing was changed. {refusal}")
    else:
        said = f"Mail to {application.name} goes to {application.email} now; the receipt, too."
        messages.success(request, said)
    return go_back(request, page)


def _page(request: DeskRequest, form: StopForm, *, status: int, **more: Any) -> HttpResponse:
    stopped = Suppression.objects.in_force().order_by("-at", "-id")
    page = Paginator(stopped, PER_PAGE).get_page(request.GET.get("page"))
    lifted = Suppression.objects.exclude(lifted_at=None).order_by("-lifted_at", "-id")
    context = {
        "form": form,
        "page": page,
        "rows": [(row, whose) for row, whose in _with_people(request, list(page))],
        "lifted": lifted[:LIFTED_SHOWN],
    }
    return render(request, "desk/addresses/page.html", context | more, status=status)


def _with_people(
    request: DeskRequest, rows: list[Suppression]
) -> list[tuple[Suppression, list[Application]]]:
    """Each with whose address it is, in one statement."""
    applications: Any = request.employer.applications.filter(
        email__in=[row.address for row in rows]
    )
    by_address: dict[str, list[Application]] = {}
    for application in applications.select_related("job").order_by("-applied_at")[:500]:
        by_address.setdefault(application.email, []).append(application)
    return [(row, by_address.get(row.address, [])[:3]) for row in rows]
