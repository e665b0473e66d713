"""What allauth asks of us: staff are invited, links lead to our own address, limits hold."""

from __future__ import annotations

import ipaddress
from typing import Any, ClassVar
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sincerely.accounts.models import Identity
from sincerely.kernel.middleware import client_address

NO_ADDRESS = "::"  # shown and counted where a client has none, as on a socket


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not belong together.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code is not right, or was used already.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or have a code sent to you.",
        "rate_limited": "Too many tries in a short time. Wait a few minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves for a desk: members are invited by an admin."""
        return False

    def post_login(self, request: HttpRequest, user: Identity, **kwargs: Any) -> Any:
        """Whoever signs in owns the address: codes and new passwords go there already.

        allauth keeps addresses in rows of its own, and refuses a second step to an unproven one.
        """
        EmailAddress.objects.update_or_create(
            user=user, email=user.email.lower(), defaults={"primary": True, "verified": True}
        )
        return super().post_login(request, user, **kwargs)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """A right password may be stored anew, in a stronger form; that must not sign out."""
        stored = user.password
        if not super().reauthenticate(user, password):
            return False
        user.refresh_from_db(fields=["password"])
        if user.password != stored:
            update_session_auth_hash(self.request, user)
            UserSession.objects.create_from_request(self.request)
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address limits are counted for: ours, because allauth believes other headers."""
        known = getattr(request, "client_address", None) or client_address(request.META)
        for claimed in (known, request.META.get("REMOTE_ADDR", "")):
            try:
                return str(ipaddress.ip_address(claimed))
            except ValueError:
                continue  # behind a proxy that adds a port, or on a socket without addresses
        return NO_ADDRESS

    def is_safe_url(self, url: str | None) -> bool:
        """`next` may lead to a page of this host and nowhere else; allauth allows a few more."""
        request = self.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With our own address: the Host header, which allauth takes, is the client's to choose."""
        # `key` is "<identity>-<token>", two parts in the address.
        identity, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": identity, "key": token})
        return urljoin(settings.PUBLIC_URL, path)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return urljoin(settings.PUBLIC_URL, path)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Only the person themselves, signed in, can move their login to another address: with a
        slip in it, the link went to a stranger."""
        if request.user.pk != email_address.user_id:
            return False
        return super().confirm_email(request, email_address)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("your_sign_in")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("your_sign_in")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Per login alone. allauth adds the Host header, so that each made-up port in it would
        give five more guesses (private to allauth; a test holds it in place)."""
        return f"sign-in:{credentials.get('email', '').lower()}"
