from typing import Any

from django.db import migrations, models


def forget_the_default(apps: Any, schema_editor: Any) -> None:
    """English was what everybody had who had chosen nothing. Whoever did choose it has it from the browser, or
    chooses it again in the menu; whoever did not gets the language that the browser asks for."""
    apps.get_model("accounts", "User").objects.filter(language="en").update(language="")


def restore_the_default(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "User").objects.filter(language="").update(language="en")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("", "As the browser asks"), ("en", "English"), ("fr", "French")],
                max_length=5,
                verbose_name="language",
            ),
        ),
        migrations.RunPython(forget_the_default, restore_the_default),
    ]
