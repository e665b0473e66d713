"""Where a member lands after signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.accounts.models import Employer


@login_required
def choose_employer(request: Any) -> HttpResponse:
    """Straight to the desk of one's only employer; else the choice between several."""
    employers = list(Employer.objects.filter(memberships__identity=request.user).order_by("name"))
    if len(employers) == 1:
        return redirect("desk:today", employer=employers[0].slug)
    return render(request, "desk/entrance.html", {"employers": employers})
