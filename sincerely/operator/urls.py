from __future__ import annotations

from django.urls import path

from sincerely.operator import help_views, phone_views, sink_views

urlpatterns = [
    path("help/", help_views.support_page, name="help"),
    path("help/<str:code>/", help_views.support_page, name="help_code"),
    path("phone/", phone_views.phone, name="demo_phone"),
    path("phone/recordings/<str:name>/", phone_views.recording, name="demo_recording"),
    path("sink/", sink_views.sink, name="sink"),
    path("sink/<str:name>/", sink_views.sink_mail, name="sink_mail"),
    path("sink/<str:name>/answer/", sink_views.sink_answer, name="sink_answer"),
    path("sink/<str:name>/html/", sink_views.sink_html, name="sink_html"),
    path("sink/<str:name>/raw/", sink_views.sink_raw, name="sink_raw"),
]
