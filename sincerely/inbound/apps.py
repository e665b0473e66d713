from __future__ import annotations

from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "sincerely.inbound"
    label = "inbound"
