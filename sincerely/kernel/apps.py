from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "sincerely.kernel"
    label = "kernel"

    def ready(self) -> None:
        from sincerely.kernel import checks  # noqa: F401  (registers the checks)
