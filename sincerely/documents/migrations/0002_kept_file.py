from __future__ import annotations

from django.db import migrations, models

import sincerely.kernel.fields
import sincerely.kernel.ids
import sincerely.kernel.operations
import sincerely.kernel.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_late_notes"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptFile",
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
                (
                    "document",
                    sincerely.kernel.fields.TenantForeignKey(
                        on_delete_cascade=True, related_name="+", to="documents.document"
                    ),
                ),
                ("form_key", models.UUIDField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["employer", "until"], name="kept_file_until"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("employer", "document"), name="kept_file_once"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["employer", "sha256"], name="document_content"),
        ),
        sincerely.kernel.operations.KeyByEmployer(),
    ]
