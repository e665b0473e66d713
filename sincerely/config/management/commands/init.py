"""``sincerely init``: from an empty database to a first login, as often as you like."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.hiring.founding import found_employer


class Command(BaseCommand):
    help = (
        "Set up an empty installation: the tables, the first operator's login and, with "
        "--employer, a first employer whose admin that person is. Safe to run again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="the operator's address; asked for when left out")
        parser.add_argument("--name", default="", help="the operator's name")
        parser.add_argument("--employer", metavar="NAME", help="also found this employer")
        parser.add_argument("--slug", help="the employer in addresses: /e/SLUG/")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("The tables are up to date.")
        with transaction.atomic():
            operator = self._operator(options)
            if options["employer"]:
                self._employer(options["employer"], options["slug"], operator)

    def _operator(self, options: dict[str, Any]) -> Identity:
        email = options["email"]
        existing = Identity.objects.filter(is_operator=True).order_by("joined_at")
        if email:
            existing = existing.filter(email__iexact=email)
        if operator := existing.first():
            self.stdout.write(f"The operator is {operator.email}; the login stays as it is.")
            return operator
        return self._new_operator(email or self._ask_for_email(), options["name"])

    def _new_operator(self, email: str, name: str) -> Identity:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        identity = Identity.objects.filter(email__iexact=email).first()
        if identity is not None:
            identity.is_operator = True
            identity.save(update_fields=["is_operator"])
            self.stdout.write(f"{identity.email} has a login already and is now an operator.")
            return identity
        password, shown = self._password()
        identity = Identity.objects.create_user(email, password, name=name, is_operator=True)
        self.stdout.write(f"Operator: {identity.email}")
        if shown:
            self.stdout.write(f"Password: {password}\nIt is shown this once; change it soon.")
        return identity

    def _ask_for_email(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Say whose login it is: sincerely init --email you@example.org")
        return input("E-mail address of the operator: ").strip()

    def _password(self) -> tuple[str, bool]:
        """One typed by a person; or one made here, which must then be shown."""
        if sys.stdin.isatty():
            while typed := getpass("Password (leave it empty to get one): "):
                if len(typed) >= 8 and typed == getpass("Once more: "):
                    return typed, False
                self.stderr.write("At least 8 characters, the same twice. Try again.")
        return secrets.token_urlsafe(12), True

    def _employer(self, name: str, slug: str | None, operator: Identity) -> None:
        slug = slug or slugify(name)
        employer = Employer.objects.filter(slug=slug).first()
        if employer is None:
            employer = found_employer(name=name, slug=slug)
            self.stdout.write(f"Founded {employer.name}: /e/{employer.slug}/")
        Membership.objects.get_or_create(
            employer=employer, identity=operator, defaults={"role": Role.ADMIN}
        )
        self.stdout.write(f"{operator.email} is admin there: /desk/{employer.slug}/")
