"""Topics are named by a model where there is one, and shown with one of their questions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0019_reply_drafts"),
        ("insights", "0001_figures"),
    ]

    operations = [
        migrations.AddField("topic", "named_by", models.CharField(max_length=120, blank=True, default="")),
        migrations.AddField("topic", "tries", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("topic", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "topic",
            "example",
            models.ForeignKey(
                "conversations.Conversation", on_delete=models.SET_NULL, null=True, related_name="+"
            ),
        ),
    ]
