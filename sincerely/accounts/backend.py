"""How people sign in: allauth's way, with the login read by hand on every page after it."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from sincerely.accounts.models import Identity
from sincerely.accounts.signed_in import identity_with


class Backend(AuthenticationBackend):
    """AUTHENTICATION_BACKENDS names it."""

    def get_user(self, user_id: Any) -> Identity | None:
        """The login a session belongs to; None when it is gone or was switched off."""
        identity = identity_with(user_id)
        return identity if identity and self.user_can_authenticate(identity) else None
