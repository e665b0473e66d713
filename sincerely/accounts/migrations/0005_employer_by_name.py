from typing import Any

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from sincerely.kernel.folding import fold


def fold_names(apps: Any, schema_editor: Any) -> None:
    employers = apps.get_model("accounts", "Employer").objects
    for key, name in employers.values_list("pk", "name"):
        employers.filter(pk=key).update(folded_name=fold(name))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_late_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="employer",
            name="folded_name",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="employer",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("folded_name", config="simple"),
                name="employer_by_words",
            ),
        ),
    ]
