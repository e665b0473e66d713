"""Mail that could not be sorted: read it safely, as text, and say what it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.mail_forms import AttachForm, NewApplicationForm
from sincerely.inbound.models import InboundMail

PER_PAGE = 50
MOST_SUGGESTED = 5


def waiting_mail(request: DeskRequest) -> Any:
    """What waits for a person of this employer, oldest first, without the mails themselves."""
    return InboundMail.objects.for_a_person().of(request.employer).defer("raw")


def mail_or_404(request: DeskRequest, mail_id: UUID) -> InboundMail:
    return get_object_or_404(InboundMail.objects.of(request.employer), pk=mail_id)


@desk_view(recruits=True)
@require_safe
def inbox(request: DeskRequest) -> HttpResponse:
    page = Paginator(waiting_mail(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/mail/inbox.html", {"page": page})


@desk_view(recruits=True)
@require_safe
def one(request: DeskRequest, mail_id: UUID) -> HttpResponse:
    return mail_page(request, mail_or_404(request, mail_id))


def mail_page(
    request: DeskRequest,
    mail: InboundMail,
    *,
    attach: AttachForm | None = None,
    new: NewApplicationForm | None = None,
) -> HttpResponse:
    """One mail with what may be done; `attach` and `new` are forms with mistakes in them."""
    context = {
        "mail": mail,
        "letter": mail.letter(),
        "application": _about(request, mail.application_id),
        "suggested": _suggested(request, mail),
        "others": mail.others().count(),
        "attach": attach or AttachForm(),
        "new": new or NewApplicationForm.about(request, mail),
    }
    status = 422 if attach or new else 200
    return render(request, "desk/mail/one.html", context, status=status)


def _about(request: DeskRequest, application_id: Any) -> Any:
    """The application that the mail names, which proves nothing."""
    known = visible_applications(request).select_related("job")
    return known.filter(pk=application_id).first() if application_id else None


def _suggested(request: DeskRequest, mail: InboundMail) -> Any:
    """Applications with the address that the mail says it is from."""
    if not mail.from_address:
        return []
    known = visible_applications(request).select_related("job").exclude(pk=mail.application_id)
    return known.filter(email=mail.from_address).order_by("-applied_at")[:MOST_SUGGESTED]
