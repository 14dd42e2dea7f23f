import django.contrib.postgres.fields
from django.db import migrations, models

# Those in which a flow ran or a row was followed are counted once more, by the ring that counts what changed.
COUNT_AGAIN = """
UPDATE conversations_conversation SET uncounted = true WHERE id IN (
    SELECT message.conversation_id FROM conversations_trace trace
    JOIN conversations_message message ON message.id = trace.message_id
    WHERE trace.route ->> 'kind' = 'flow' OR trace.route -> 'guidance' @> '[{"hit": true}]'
        OR trace.route -> 'steps' ->> 0 IS NOT NULL
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0018_figures'),
        ('insights', '0002_what_topics_are_called'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='flows',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None),
        ),
        migrations.AddField(
            model_name='tally',
            name='flows_done',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None),
        ),
        migrations.AddField(
            model_name='tally',
            name='rules',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.RunSQL(COUNT_AGAIN, migrations.RunSQL.noop),
    ]
