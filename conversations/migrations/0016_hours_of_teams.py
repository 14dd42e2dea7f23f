"""The hours of teams become calendars."""

from django.db import migrations


def into_calendars(apps, schema_editor):
    Team, Hours = apps.get_model("conversations", "Team"), apps.get_model("conversations", "TeamHours")
    Calendar = apps.get_model("actions", "OpeningCalendar")
    for team in Team.objects.all():
        week = [[] for _ in range(7)]
        for row in Hours.objects.filter(team=team).order_by("weekday", "opens"):
            week[row.weekday].append([f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
        if any(week):
            team.calendar = Calendar.objects.create(week=week)
            team.save(update_fields=["calendar"])


class Migration(migrations.Migration):
    dependencies = [("conversations", "0015_business_hours")]

    operations = [
        migrations.RunPython(into_calendars, migrations.RunPython.noop),
        migrations.DeleteModel(name="TeamHours"),
    ]
