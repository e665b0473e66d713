"""What other programs read: an employer's look and logo, its policy, and the protocol's schemas."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import conditional_page, require_safe

from sincerely.careers.access import PublicRequest, employer_view, job_view
from sincerely.hiring.models import Job
from sincerely.hiring.publishing import published_policy, published_schema
from sincerely.kernel.accent import look_css

_YEAR = "public, max-age=31536000, immutable"
_MINUTES = "public, max-age=300"
_LOGO_MOST_BYTES = 2 * 1024 * 1024
_LOGO_STARTS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


@require_safe
@employer_view
def look(request: PublicRequest) -> HttpResponse:
    """The style sheet of an employer's colour. Pages ask for it with the colour in the address,
    so it may be kept for a year."""
    css = look_css(request.employer.accent)
    asked_for_this = request.META["QUERY_STRING"].lower() == f"%23{request.employer.accent[1:]}"
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = _YEAR if asked_for_this else _MINUTES
    return response


@require_safe
@employer_view
def logo(request: PublicRequest) -> HttpResponse:
    """The employer's picture. Its kind is read from its content, whatever it was called."""
    content = _stored(request.employer.logo)
    kinds = [kind for start, kind in _LOGO_STARTS.items() if content.startswith(start)]
    if not kinds:
        raise Http404
    response = HttpResponse(content, content_type=kinds[0])
    response["Cache-Control"] = _MINUTES
    return response


@require_safe
@conditional_page
@employer_view
def employer_policy(request: PublicRequest) -> HttpResponse:
    return _policy(published_policy(request.employer))


@require_safe
@conditional_page
@job_view
def job_policy(request: PublicRequest, job: Job) -> HttpResponse:
    return _policy(published_policy(job.employer, job.pk))


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of facts, of a verdict or of a policy."""
    try:
        text = published_schema(name)
    except KeyError:
        raise Http404 from None
    response = HttpResponse(text, content_type="application/schema+json")
    return _for_any_program(response)


def _policy(document: dict[str, object]) -> HttpResponse:
    return _for_any_program(JsonResponse(document))


def _for_any_program(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = _MINUTES
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _stored(path: str) -> bytes:
    if not path:
        raise Http404
    try:
        with default_storage.open(path, "rb") as file:
            return bytes(file.read(_LOGO_MOST_BYTES))
    except OSError as error:
        raise Http404 from error
