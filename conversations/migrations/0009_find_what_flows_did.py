from django.db import migrations

# The conversations behind a number of the flow editor are found by what their traces say of flows.
INDEXES = """
CREATE INDEX trace_passed ON conversations_trace USING gin ((route -> 'passed') jsonb_path_ops);
CREATE INDEX trace_steps ON conversations_trace USING gin ((route -> 'steps') jsonb_path_ops);
"""
NONE = "DROP INDEX trace_passed; DROP INDEX trace_steps;"


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0008_attachments'),
    ]

    operations = [migrations.RunSQL(INDEXES, NONE)]
