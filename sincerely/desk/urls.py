"""The desk's addresses: below /desk/<employer>/, and the two that a signed link opens."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from sincerely.desk import (
    application_urls,
    entrance,
    follow_up_urls,
    incidents,
    interview_urls,
    job_urls,
    mail_urls,
    report_urls,
    settings_urls,
    word,
)


class Signed(StringConverter):
    """A signed token. It has a dot, which no address of an employer with the slug `word` has."""

    regex = r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"


register_converter(Signed, "signed")

app_name = "desk"
urlpatterns = [
    path("", entrance.choose_employer, name="entrance"),
    path("word/<signed:token>/", word.word, name="word"),
    path("word/said/<signed:token>/", word.said, name="word_said"),
    path(
        "<slug:employer>/",
        include(
            [
                *application_urls.urlpatterns,
                *follow_up_urls.urlpatterns,
                *interview_urls.urlpatterns,
                *job_urls.urlpatterns,
                *mail_urls.urlpatterns,
                *report_urls.urlpatterns,
                *settings_urls.urlpatterns,
                path("incidents/<uuid:failure_id>/", incidents.incident, name="incident"),
                path(
                    "incidents/<uuid:failure_id>/settlement/",
                    incidents.settlement,
                    name="incident_settlement",
                ),
            ]
        ),
    ),
]
