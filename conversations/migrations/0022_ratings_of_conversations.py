"""Each rating says itself of which conversation it is, for lists. The column is empty at first, which locks
nothing; it is filled some thousands at a time, and the indexes are made while conversations go on."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

AT_ONCE = 10_000
FILL = """
UPDATE {table} rating SET conversation_id = message.conversation_id
FROM conversations_message message
WHERE message.id = rating.message_id AND rating.message_id IN (
    SELECT message_id FROM {table} WHERE conversation_id IS NULL LIMIT %s)
"""


def fill(apps, schema_editor):
    for table in ("conversations_rating", "conversations_conversationrating"):
        with schema_editor.connection.cursor() as cursor:
            while True:
                cursor.execute(FILL.format(table=table), [AT_ONCE])
                if cursor.rowcount == 0:
                    break


def _field():
    return models.ForeignKey(
        "conversations.Conversation",
        django.db.models.deletion.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
    )


INDEXES = [
    ("rating", ["conversation", "score"], "rating_of"),
    ("rating", ["score", "conversation"], "rating_score"),
    ("conversationrating", ["conversation", "score"], "conversation_rating_of"),
    ("conversationrating", ["score", "conversation"], "conversation_rating_score"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversations", "0021_lists_of_a_million")]

    operations = [
        migrations.AddField("rating", "conversation", _field()),
        migrations.AddField("conversationrating", "conversation", _field()),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            operation
            for model, fields, name in INDEXES
            for operation in (
                migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", migrations.RunSQL.noop),
                AddIndexConcurrently(model_name=model, index=models.Index(fields=fields, name=name)),
            )
        ),
    ]
