"""``sincerely forget_second_step``: for a person who lost the phone and the spare codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sincerely.accounts.models import Identity


class Command(BaseCommand):
    help = (
        "Remove the passkeys, the authenticator app and the spare codes of one login. "
        "Be sure first who asks for it: call the person at a number you know."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which the person signs in")

    @transaction.atomic
    def handle(self, *args: Any, email: str, **options: Any) -> None:
        identity = Identity.objects.filter(email=email.lower()).first()
        if identity is None:
            raise CommandError(f"There is no login with the address {email}.")
        removed, _ = Authenticator.objects.filter(user=identity).delete()
        self.stdout.write(f"{identity.name}: {removed} removed. The password is unchanged.")
