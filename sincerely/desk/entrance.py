"""Where a member lands after signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.accounts.models import Employer


@login_required
def choose_employer(request: Any) -> HttpResponse:
    """Straight to one's only desk, an employer's or support's; else the choice between several."""
    employers = list(Employer.objects.filter(memberships__identity=request.user).order_by("name"))
    if request.user.is_operator and not employers:
        return redirect("incidents")
    if len(employers) == 1 and not request.user.is_operator:
        return redirect("desk:today", employer=employers[0].slug)
    return render(request, "desk/entrance.html", {"employers": employers})
