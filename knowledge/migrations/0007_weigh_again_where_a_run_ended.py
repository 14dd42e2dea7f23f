from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0006_remember_how_to_ask_a_model")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="weighed_up_to",
            field=models.BigIntegerField(editable=False, null=True),
        ),
    ]
