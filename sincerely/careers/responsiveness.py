"""How well an employer keeps its word, where it lets anybody read that."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sincerely.careers.access import PublicRequest, employer_view
from sincerely.hiring.responsiveness import LEAST, responsiveness_of


@require_safe
@employer_view
def responsiveness(request: PublicRequest) -> HttpResponse:
    if not request.employer.publishes_responsiveness:
        raise Http404
    context = {
        "employer": request.employer,
        "responsiveness": responsiveness_of(request.employer),
        "least": LEAST,
    }
    return render(request, "careers/responsiveness.html", context)
