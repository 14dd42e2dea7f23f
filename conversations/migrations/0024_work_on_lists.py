import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

OPEN = models.Q(("state__in", ["queued", "running"]))
STATES = ["queued", "running", "done", "failed", "cancelled"]


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0023_introductions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[(state, state.title()) for state in STATES], default="queued", max_length=10
                    ),
                ),
                ("act", models.CharField(max_length=40)),
                ("until", models.DateTimeField(null=True)),
                ("query", models.TextField(blank=True)),
                ("keys", django.contrib.postgres.fields.ArrayField(models.UUIDField(), default=list)),
                ("total", models.PositiveIntegerField()),
                ("at", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("told", models.JSONField(default=dict)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("error", models.CharField(blank=True, max_length=20)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=OPEN, fields=["due_at"], name="list_work_due")],
                "constraints": [
                    models.UniqueConstraint(condition=OPEN, fields=("user",), name="one_list_work_each")
                ],
            },
        ),
    ]
