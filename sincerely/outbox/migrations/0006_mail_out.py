from django.db import migrations, models

import sincerely.kernel.clock
import sincerely.kernel.fields
import sincerely.kernel.ids
import sincerely.kernel.operations
import sincerely.kernel.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_quiet_hours"),
        ("outbox", "0005_reports"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_unreached"),
        migrations.AddField(
            model_name="message",
            name="refers_to",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="message", name="stopped", field=models.BooleanField(default=False)
        ),
        *(
            migrations.AddField(
                model_name="suppression",
                name=name,
                field=models.CharField(blank=True, max_length=200),
            )
            for name in ("by", "lifted_by", "lifted_why")
        ),
        migrations.AlterField(
            model_name="delivery",
            name="source",
            field=models.CharField(
                choices=[
                    ("smtp reply", "the mail server's reply"),
                    ("dsn", "a delivery report"),
                    ("webhook", "the mail provider’s report"),
                    ("worker", "sincerely"),
                    ("user", "a person"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("bounced", "failed")), ("stopped", True), _connector="OR"
                ),
                fields=["employer", "settled_at"],
                name="message_unreached",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("mail_id", models.CharField(max_length=810)),
                ("at", models.DateTimeField(default=sincerely.kernel.clock.now)),
                (
                    "message",
                    sincerely.kernel.fields.TenantForeignKey(
                        on_delete_cascade=True, related_name="answers", to="outbox.message"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "message", "mail_id"), name="answer_once"
                    )
                ],
            },
        ),
        sincerely.kernel.operations.KeyByEmployer(),
    ]
