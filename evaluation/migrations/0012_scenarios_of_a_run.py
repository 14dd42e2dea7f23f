"""A run that is not called by its suites says how many scenarios it has, in the language of whoever reads it."""

from django.db import migrations, models

COUNT = """
UPDATE evaluation_run r SET scenarios =
       (SELECT count(DISTINCT place) FROM evaluation_case c WHERE c.run_id = r.id)
"""
# What was written in the language of whoever began it.
FORGET = r"UPDATE evaluation_run SET title = '' WHERE title ~ '^\d+ (scenarios|scénarios|suites)$'"


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0011_runs_that_are_read")]

    operations = [
        migrations.AddField("run", "scenarios", models.PositiveIntegerField(default=0)),
        migrations.AlterField(
            "run", "title", models.CharField(blank=True, max_length=200, verbose_name="title")
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
