"""Django's migrate; it must look for changes as makemigrations does."""

from __future__ import annotations

from django.core.management.commands.migrate import Command as DjangoCommand

from sincerely.kernel.management.commands.makemigrations import TenantAutodetector


class Command(DjangoCommand):
    autodetector = TenantAutodetector
