"""Sessions in the database, as Django keeps them; only reading one is written by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from sincerely.accounts.signed_in import session_row


class SessionStore(DatabaseSessionStore):
    """SESSION_ENGINE asks for a class of this name."""

    def _get_session_from_db(self) -> Any:
        row = session_row(self.session_key) if self.session_key else None
        if row is None:
            self._session_key = None
            return None
        return self.model(session_key=row[0], session_data=row[1], expire_date=row[2])
