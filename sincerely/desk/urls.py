"""The desk's addresses, all below /desk/<employer>/."""

from __future__ import annotations

from django.urls import include, path

from sincerely.desk import application_urls, entrance, job_urls, report_urls, settings_urls

app_name = "desk"
urlpatterns = [
    path("", entrance.choose_employer, name="entrance"),
    path(
        "<slug:employer>/",
        include(
            [
                *application_urls.urlpatterns,
                *job_urls.urlpatterns,
                *report_urls.urlpatterns,
                *settings_urls.urlpatterns,
            ]
        ),
    ),
]
