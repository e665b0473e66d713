"""Mail that belongs to no employer: what was written to support, and what led nowhere."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sincerely.accounts.models import Employer
from sincerely.inbound.by_a_person import dismiss, hand_over
from sincerely.inbound.models import InboundMail
from sincerely.operator.access import operator_view

PER_PAGE = 50


class EmployerForm(forms.Form):
    """The employer to whose people a mail goes."""

    use_required_attribute = False
    employer = forms.SlugField(
        label="Employer",
        help_text="As it stands in its addresses, such as blue-spoon.",
        error_messages={"required": "Write the employer’s short name."},
    )

    def clean_employer(self) -> Employer:
        if found := Employer.objects.filter(slug=self.cleaned_data["employer"]).first():
            return found
        raise forms.ValidationError("There is no employer with this short name.")


@operator_view
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    waiting = InboundMail.objects.for_a_person().of(None).defer("raw")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "operator/mail.html", {"page": page})


@operator_view
@require_safe
def mail_one(request: HttpRequest, *, mail_id: UUID) -> HttpResponse:
    return _page(request, _mail_or_404(mail_id), EmployerForm())


@operator_view
@require_POST
def mail_employer(request: HttpRequest, *, mail_id: UUID) -> HttpResponse:
    """It is for an employer: its people find it among their mail to sort."""
    mail, form = _mail_or_404(mail_id), EmployerForm(request.POST)
    if not form.is_valid():
        return _page(request, mail, form, status=422)
    employer = form.cleaned_data["employer"]
    hand_over(mail, employer, by=request.user)
    messages.success(request, f"{employer.name} has it now.")
    return redirect("operator_mail")


@operator_view
@require_POST
def mail_dismissal(request: HttpRequest, *, mail_id: UUID) -> HttpResponse:
    """It was answered, or it needs no answer; with `all`, so is the rest of this address."""
    settled = dismiss(_mail_or_404(mail_id), by=request.user, all_of_sender="all" in request.POST)
    done = "Put aside." if settled < 2 else f"{settled} mails put aside."
    messages.success(request, done if settled else "Somebody has settled this mail already.")
    return redirect("operator_mail")


def _mail_or_404(mail_id: UUID) -> InboundMail:
    return get_object_or_404(InboundMail.objects.of(None), pk=mail_id)


def _page(
    request: HttpRequest, mail: InboundMail, form: EmployerForm, *, status: int = 200
) -> HttpResponse:
    context = {"mail": mail, "letter": mail.letter(), "form": form, "others": mail.others().count()}
    return render(request, "operator/mail_one.html", context, status=status)
