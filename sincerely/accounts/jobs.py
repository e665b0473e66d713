"""What has to be done about logins from time to time."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app

from sincerely.accounts.shared_cache import forget_expired


@app.periodic(cron="41 * * * *", periodic_id="tidy_sign_in")
@app.task(queueing_lock="tidy_sign_in")
def tidy_sign_in(timestamp: int) -> None:
    """Delete counts, used codes and sessions whose time is over."""
    forget_expired()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
