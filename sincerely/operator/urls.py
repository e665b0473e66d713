from __future__ import annotations

from django.urls import path

from sincerely.operator import help_views, incidents, phone_views, sink_views

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
    path("sink/", sink_views.sink, name="sink"),
    path("sink/<str:name>/", sink_views.sink_mail, name="sink_mail"),
    path("sink/<str:name>/answer/", sink_views.sink_answer, name="sink_answer"),
    path("sink/<str:name>/html/", sink_views.sink_html, name="sink_html"),
    path("sink/<str:name>/raw/", sink_views.sink_raw, name="sink_raw"),
]
