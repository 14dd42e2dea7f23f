from django.db import migrations

# The words of what was said before are gathered too, the newest first.
GATHER = "UPDATE conversations_conversation SET unsearched = true WHERE last_message_at IS NOT NULL;"


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0011_inbox'),
    ]

    operations = [migrations.RunSQL(GATHER, migrations.RunSQL.noop)]
