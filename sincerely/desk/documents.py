"""The original of an applicant's file, for those who may see the application."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.documents.models import Document
from sincerely.hiring.adding import WITH_A_FILE
from sincerely.hiring.models import Application

# What a browser may show in the page. Everything else is only ever saved.
_SHOWN = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# No script, no form, no request of its own. The PDF readers of some browsers refuse to start in a
# sandbox, so a PDF in the page has everything else forbidden.
_LOCKED = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


@desk_view()
def original(request: DeskRequest, reference: str, document_id: UUID) -> HttpResponse:
    """The file as an attachment, or with `?inline` in the page when it is a PDF or a photo."""
    application = application_or_404(request, reference)
    document = _document_or_404(application, document_id)
    inline = "inline" in request.GET and document.kind in _SHOWN
    try:
        file = document.open()
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"application-{application.reference}.{_extension(document.kind)}"
    response = FileResponse(file, as_attachment=not inline, filename=name)
    response["Content-Type"] = _SHOWN[document.kind] if inline else "application/octet-stream"
    response["Content-Security-Policy"] = _LOCKED if inline else f"{_LOCKED}; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response  # type: ignore[return-value]


def _document_or_404(application: Application, document_id: UUID) -> Document:
    """A document that this application was sent with, or that was added to it."""
    if application.document_id != document_id:
        sent = application.events().filter(kind__in=WITH_A_FILE, data__document=str(document_id))
        if not sent.exists():
            raise Http404
    return get_object_or_404(Document, pk=document_id)


def _extension(kind: str) -> str:
    return kind if kind.isalnum() else "bin"
