"""Where mail providers call us."""

from __future__ import annotations

from django.urls import path

from sincerely.inbound import hooks

urlpatterns = [path("<slug:provider>/<slug:kind>/", hooks.mail_hook, name="mail_hook")]
