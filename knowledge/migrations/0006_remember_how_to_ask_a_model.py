from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_keep_word_weights_in_the_row")]

    operations = [
        migrations.AddField(
            model_name="embeddingspace",
            name="description",
            field=models.JSONField(default=dict),
        ),
    ]
