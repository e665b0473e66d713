from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_account_mail")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="claimed_by",
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
