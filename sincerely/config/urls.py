"""Every address of the product; each door owns its own list."""

from __future__ import annotations

from django.urls import include, path

from sincerely.config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/", include("sincerely.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("sincerely.careers.urls")),
    path("desk/", include("sincerely.desk.urls")),
    path("hooks/mail/", include("sincerely.inbound.urls")),
    path("hooks/voice/", include("sincerely.inbound.voice.urls")),
    path("", include("sincerely.operator.urls")),
]

handler400 = "sincerely.kernel.failures.bad_request"
handler500 = "sincerely.kernel.failures.server_error"
