"""What allauth asks of us: staff are invited, and its mail goes through our jobs."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs up by themselves for a desk: members are invited by an admin."""
        return False
