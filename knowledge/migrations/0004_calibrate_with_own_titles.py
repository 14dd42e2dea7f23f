from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_import_paths_and_index_states")]

    operations = [
        migrations.AddField(
            model_name="calibration",
            name="own_score",
            field=models.FloatField(null=True),
        ),
    ]
