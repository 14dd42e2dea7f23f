"""What was only indexing is all background work on the knowledge base: imports too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0009_source_labels")]

    operations = [migrations.RenameModel("IndexJob", "Job")]
