"""Where an action at the desk leads to when it is done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sincerely.desk.access import DeskRequest


def address_of(name: str, request: DeskRequest, reference: str, **kwargs: Any) -> str:
    """The address of a page about one application."""
    return reverse(
        f"desk:{name}",
        kwargs={"employer": request.employer.slug, "reference": reference, **kwargs},
    )


def go_back(request: DeskRequest, default: str, *, wanted: str = "") -> HttpResponseRedirect:
    """To the page named by the form's `next` field or by `wanted`, or else to `default`.

    Only to pages of this employer's desk; a foreign address is ignored.
    """
    return redirect(own_page(request, request.POST.get("next") or wanted) or default)


def own_page(request: DeskRequest, address: str) -> str:
    """The path of an address at this employer's desk, or an empty string."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    desk = reverse("desk:today", kwargs={"employer": request.employer.slug})
    if not parts.path.startswith(desk):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
