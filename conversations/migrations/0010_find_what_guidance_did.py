from django.db import migrations

# The conversations behind the hits of a row of guidance are found by what their traces say of it.
INDEX = "CREATE INDEX trace_guidance ON conversations_trace USING gin ((route -> 'guidance') jsonb_path_ops);"


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_find_what_flows_did'),
    ]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX trace_guidance;")]
