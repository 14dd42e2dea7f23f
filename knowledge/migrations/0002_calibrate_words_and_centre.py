import django.contrib.postgres.fields
import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="calibration",
            name="centre",
            field=pgvector.django.halfvec.HalfVectorField(null=True),
        ),
        migrations.AddField(
            model_name="calibration",
            name="word_scores",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="searchrow",
            index=models.Index(fields=["audience"], name="search_audience"),
        ),
    ]
