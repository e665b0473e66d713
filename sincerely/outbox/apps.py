from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "sincerely.outbox"
    label = "outbox"

    def ready(self) -> None:
        from sincerely.outbox import suppressing  # noqa: F401  (connects message_settled)
