from django.db import migrations
from django.db.models import F


def mark(apps, schema_editor):
    """Nobody told conversations of decisions before: those of then are no news now."""
    calls = apps.get_model("actions", "Call").objects
    calls.filter(decided_at__isnull=False, told_at=None).update(told_at=F("decided_at"))


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_notice")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
