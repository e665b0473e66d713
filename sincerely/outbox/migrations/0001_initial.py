from __future__ import annotations

from django.db import migrations, models

import sincerely.kernel.clock
import sincerely.kernel.fields
import sincerely.kernel.ids
import sincerely.kernel.tenancy
from sincerely.kernel.operations import KeyByEmployer


class Migration(migrations.Migration):
    """`employer` stands first in each list by hand: Django would create its column last."""

    initial = True

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "employer",
                    sincerely.kernel.fields.EmployerKey(
                        default=sincerely.kernel.tenancy.current_employer_id,
                        editable=False,
                        related_name="messages",
                        to="accounts.employer",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sincerely.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.SlugField(db_index=False, max_length=40)),
                ("about_id", models.UUIDField(blank=True, null=True)),
                ("to_address", models.CharField(max_length=320)),
                ("to_name", models.CharField(blank=True, max_length=300)),
                ("reply_to", models.CharField(blank=True, max_length=320)),
                ("subject", models.CharField(max_length=998)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("raw", models.BinaryField()),
                ("message_id", models.CharField(max_length=255)),
                ("token", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("relayed", "Relayed"),
                            ("delivered", "Delivered"),
                            ("delayed", "Delayed"),
                            ("bounced", "Bounced"),
                            ("failed", "Failed"),
                            ("skipped", "Skipped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("skip_reason", models.CharField(blank=True, max_length=200)),
                ("hold_until", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=sincerely.kernel.clock.now)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["employer", "about_id", "-created_at"], name="message_about"
                    ),
                    models.Index(fields=["employer", "-created_at"], name="message_newest"),
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "sending"))),
                        fields=["employer", "wake_at"],
                        name="message_unsent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "employer",
                    sincerely.kernel.fields.EmployerKey(
                        default=sincerely.kernel.tenancy.current_employer_id,
                        editable=False,
                        related_name="+",
                        to="accounts.employer",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sincerely.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                ("at", models.DateTimeField(default=sincerely.kernel.clock.now)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("smtp reply", "the mail server's reply"),
                            ("dsn", "a delivery report"),
                            ("worker", "sincerely"),
                            ("user", "a person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence", models.TextField(blank=True)),
                (
                    "message",
                    sincerely.kernel.fields.TenantForeignKey(
                        on_delete_cascade=True, related_name="deliveries", to="outbox.message"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["employer", "message", "at"], name="delivery_message")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "employer",
                    sincerely.kernel.fields.EmployerKey(
                        default=sincerely.kernel.tenancy.current_employer_id,
                        editable=False,
                        related_name="+",
                        to="accounts.employer",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sincerely.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=sincerely.kernel.clock.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("employer", "address"),
                        name="suppression_once",
                    ),
                ],
            },
        ),
        KeyByEmployer(),
    ]
