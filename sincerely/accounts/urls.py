"""Our own pages about signing in, before allauth's: its three overviews are one."""

from __future__ import annotations

from allauth.account.views import confirm_email
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from sincerely.accounts import pages

_to_overview = RedirectView.as_view(pattern_name="your_sign_in")

urlpatterns = [
    path("", pages.your_sign_in, name="your_sign_in"),
    path("sessions/end/", pages.end_other_sessions, name="end_other_sessions"),
    path("sessions/", _to_overview),
    path("reminders/", pages.switch_reminders, name="switch_reminders"),
    # allauth would let anybody who has the link confirm the address.
    path("confirm-email/<str:key>/", login_required(confirm_email)),
    path("2fa/", _to_overview),
    path("2fa/webauthn/", _to_overview),
]
