"""Who may enter the pages of the host's own people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from sincerely.kernel.unsent import signed_out


def operator_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in operators; for everybody else the page is not there."""

    @wraps(view)
    def guarded(request: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request)
        if not request.user.is_operator:
            raise Http404
        return view(request, **named)

    return never_cache(guarded)
