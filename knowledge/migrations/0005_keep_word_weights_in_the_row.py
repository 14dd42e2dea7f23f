from django.db import migrations


class Migration(migrations.Migration):
    """A search reads the weights of a thousand rows: not each from another table, and not compressed."""

    dependencies = [("knowledge", "0004_calibrate_with_own_titles")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE knowledge_searchrow SET (toast_tuple_target = 8160)",
            "ALTER TABLE knowledge_searchrow RESET (toast_tuple_target)",
        ),
    ]
