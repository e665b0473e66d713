from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="daily_reminders",
            field=models.BooleanField(default=True),
        ),
    ]
