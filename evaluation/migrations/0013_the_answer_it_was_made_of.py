"""A scenario that is made of an answer knows of which one, so that none is made twice unawares."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0025_released_answers"),
        ("evaluation", "0012_scenarios_of_a_run"),
    ]

    operations = [
        migrations.AddField(
            "scenario",
            "message",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="conversations.message",
            ),
        ),
    ]
