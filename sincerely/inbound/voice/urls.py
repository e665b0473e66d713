from __future__ import annotations

from django.urls import path

from sincerely.inbound.voice import views

app_name = "voice"
urlpatterns = [
    path("", views.step, name="begin"),
    path("<slug:step>/", views.step, name="step"),
]
