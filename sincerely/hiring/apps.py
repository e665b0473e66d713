from __future__ import annotations

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "sincerely.hiring"
    label = "hiring"

    def ready(self) -> None:
        from sincerely.hiring import listeners  # noqa: F401  (connects message_settled)
