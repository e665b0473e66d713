"""“Your sign-in”: how a person gets in, from where they are signed in, and what they can add."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sincerely.accounts.devices import device_words
from sincerely.accounts.models import Identity
from sincerely.accounts.second_factor import must_add_second_factor


@login_required
@never_cache
def your_sign_in(request: Any) -> HttpResponse:
    context = ways_in(request.user) | {
        "must_add": must_add_second_factor(request.user),
        "passkeys_work_here": passkeys_work_at(request.get_host()),
        "sessions": _sessions(request),
        "is_member": request.user.memberships.exists(),
    }
    return render(request, "account/your_sign_in.html", context)


@login_required
@require_POST
def end_other_sessions(request: Any) -> HttpResponse:
    """Sign out everywhere else."""
    for session in _sessions(request):
        if not session.is_current():
            session.end()
    messages.success(request, "You are signed out everywhere else.")
    return redirect("your_sign_in")


@login_required
@require_POST
def switch_reminders(request: Any) -> HttpResponse:
    """The daily mail about applicants who wait, on or off, at every employer of this person."""
    request.user.daily_reminders = request.POST.get("wanted") == "yes"
    request.user.save(update_fields=["daily_reminders"])
    wanted = request.user.daily_reminders
    text = "Reminders are on." if wanted else "Reminders are off. Today shows who waits."
    messages.success(request, text)
    return redirect("your_sign_in")


def ways_in(identity: Identity) -> dict[str, Any]:
    """The second steps this person has: `passkeys` (newest last), `app`, `spare_codes` left."""
    rows = Authenticator.objects.filter(user=identity).order_by("created_at")
    kinds: dict[str, list[Authenticator]] = {kind: [] for kind in Authenticator.Type.values}
    for row in rows:
        kinds[row.type].append(row)
    codes = next(iter(kinds[Authenticator.Type.RECOVERY_CODES]), None)
    return {
        "passkeys": kinds[Authenticator.Type.WEBAUTHN],
        "app": next(iter(kinds[Authenticator.Type.TOTP]), None),
        "has_spare_codes": codes is not None,
        "spare_codes": len(codes.wrap().get_unused_codes()) if codes else 0,
    }


def passkeys_work_at(host: str) -> bool:
    """Browsers tie a passkey to a name such as `jobs.example.org`, never to a bare number."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return True
    return False


def _sessions(request: Any) -> list[Any]:
    """Where this person is signed in, newest first, each with `device` in words."""
    sessions = UserSession.objects.purge_and_list(request.user)
    for session in sessions:
        session.device = device_words(session.user_agent)  # type: ignore[attr-defined]
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)
