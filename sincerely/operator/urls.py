from __future__ import annotations

from django.urls import path

from sincerely.operator import (
    help_views,
    incidents,
    mail_views,
    phone_views,
    sink_views,
    sink_write,
)

urlpatterns = [
    path("help/", help_views.support_page, name="help"),
    path("help/<str:code>/", help_views.support_page, name="help_code"),
    path("phone/", phone_views.phone, name="demo_phone"),
    path("phone/recordings/<str:name>/", phone_views.recording, name="demo_recording"),
    path("operator/", incidents.incidents, name="incidents"),
    path("operator/find/", incidents.find, name="find_incident"),
    path("operator/incidents/<str:code>/", incidents.incident, name="incident"),
    path("operator/incidents/<str:code>/replies/", incidents.replies, name="incident_replies"),
    path("operator/incidents/<str:code>/solution/", incidents.solution, name="incident_solution"),
    path("operator/mail/", mail_views.mail, name="operator_mail"),
    path("operator/mail/<uuid:mail_id>/", mail_views.mail_one, name="operator_mail_one"),
    path(
        "operator/mail/<uuid:mail_id>/employer/",
        mail_views.mail_employer,
        name="operator_mail_employer",
    ),
    path(
        "operator/mail/<uuid:mail_id>/dismissal/",
        mail_views.mail_dismissal,
        name="operator_mail_dismissal",
    ),
    path("sink/write/", sink_write.sink_write, name="sink_write"),
    path("sink/", sink_views.sink, name="sink"),
    path("sink/<str:name>/", sink_views.sink_mail, name="sink_mail"),
    path("sink/<str:name>/answer/", sink_views.sink_answer, name="sink_answer"),
    path("sink/<str:name>/html/", sink_views.sink_html, name="sink_html"),
    path("sink/<str:name>/raw/", sink_views.sink_raw, name="sink_raw"),
]
