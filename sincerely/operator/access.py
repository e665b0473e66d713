"""The support desk is for those who host; to everybody else it is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from sincerely.accounts.models import Identity
from sincerely.kernel.unsent import signed_out

View = Callable[..., HttpResponse]


class OperatorRequest(HttpRequest):
    """What `operator_view` hands to a view."""

    user: Identity  # type: ignore[assignment]


def operator_view(view: View) -> View:
    """Let in operators alone; 404 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request)
        if not request.user.is_operator:
            raise Http404
        return view(request, **kwargs)

    return never_cache(guarded)
