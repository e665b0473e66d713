"""Counters need not survive a crash: counting waits for no disk, and holds no other form up."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE kernel_counter SET UNLOGGED", "ALTER TABLE kernel_counter SET LOGGED"
        )
    ]
