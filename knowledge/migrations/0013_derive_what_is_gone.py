"""Whether something can be gone follows from where it came from."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0012_upkeep")]

    operations = [migrations.RemoveField("importrun", "is_partial")]
