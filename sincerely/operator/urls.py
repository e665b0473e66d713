from __future__ import annotations

from django.urls import path

from sincerely.operator import sink_views

urlpatterns = [
    path("sink/", sink_views.sink, name="sink"),
    path("sink/<str:name>/", sink_views.sink_mail, name="sink_mail"),
    path("sink/<str:name>/html/", sink_views.sink_html, name="sink_html"),
    path("sink/<str:name>/raw/", sink_views.sink_raw, name="sink_raw"),
]
