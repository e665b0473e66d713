from __future__ import annotations

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "sincerely.support"
    label = "support"

    def ready(self) -> None:
        from sincerely.support import listeners  # noqa: F401  (connects what the rooms below tell)
