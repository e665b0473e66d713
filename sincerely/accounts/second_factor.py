"""REQUIRE_STAFF_MFA: staff without a second step see their sign-in page until they have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from sincerely.accounts.models import Identity, Membership

# Where staff work. What anybody may see needs no second step.
STAFF_AREAS = ("/desk/", "/operator/", "/api/")
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(identity: Identity) -> bool:
    """Recovery codes alone are no second step: they only stand in for one."""
    return Authenticator.objects.filter(user=identity, type__in=SECOND_STEPS).exists()


def must_add_second_factor(identity: Identity) -> bool:
    """Whether this person works here, has only one step, and the host asks for two."""
    if not settings.REQUIRE_STAFF_MFA or has_second_factor(identity):
        return False
    return identity.is_operator or Membership.objects.filter(identity=identity).exists()


class RequireSecondFactor:
    """The one place where REQUIRE_STAFF_MFA is enforced, before any view of a staff area runs."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if (
            settings.REQUIRE_STAFF_MFA
            and request.path.startswith(STAFF_AREAS)
            and request.user.is_authenticated
            and must_add_second_factor(request.user)
        ):
            address = reverse("your_sign_in")
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
        return self.get_response(request)
