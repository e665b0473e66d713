from django.conf import settings
from django.db import migrations, models

import sincerely.kernel.clock
import sincerely.kernel.fields
import sincerely.kernel.ids
import sincerely.kernel.operations
import sincerely.kernel.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_reminders"),
        ("hiring", "0008_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "employer",
                    sincerely.kernel.fields.EmployerKey(
                        default=sincerely.kernel.tenancy.current_employer_id,
                        editable=False,
                        related_name="reminders",
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
                ("day", models.DateField()),
                ("at", models.DateTimeField(default=sincerely.kernel.clock.now)),
                (
                    "identity",
                    sincerely.kernel.fields.ReferenceForeignKey(
                        related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "identity", "day"), name="reminder_once_a_day"
                    )
                ],
            },
        ),
        sincerely.kernel.operations.KeyByEmployer(),
    ]
