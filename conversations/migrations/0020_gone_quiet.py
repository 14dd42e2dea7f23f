from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0019_reply_drafts")]

    operations = [
        migrations.AlterField(
            "conversation",
            "resolution",
            models.CharField(
                blank=True,
                choices=[
                    ("confirmed", "Confirmed by the customer"),
                    ("staff", "Resolved by staff"),
                    ("assumed", "Assumed"),
                    ("unhelped", "Gone quiet without help"),
                ],
                max_length=10,
                verbose_name="how it was resolved",
            ),
        ),
    ]
