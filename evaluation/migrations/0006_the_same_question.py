"""Answers to the very same question are found by a number; what a correction covers, and why a check failed."""

import django.db.models.deletion
from django.db import migrations, models

from evaluation.reviews.sameness import number_of

AT_ONCE = 1_000


def number_questions(apps, schema_editor):
    items = apps.get_model("evaluation", "ReviewItem").objects.order_by("pk")
    last = 0
    while found := list(items.filter(pk__gt=last).select_related(
        "message__turn__question", "message__conversation"
    )[:AT_ONCE]):
        last = found[-1].pk
        for item in found:
            item.same_question = _number(item.message)
        items.model.objects.bulk_update(found, ["same_question"])


def _number(answer):
    if answer.turn is None:
        return None
    talk = answer.conversation
    language = answer.language or talk.language
    return number_of(answer.turn.question.text, assistant=talk.assistant_id, language=language)


def point_to_corrections(apps, schema_editor):
    """Until now only the answers said by which correction they are covered."""
    corrections = set(apps.get_model("evaluation", "Correction").objects.values_list("pk", flat=True))
    items = apps.get_model("evaluation", "ReviewItem").objects
    said = items.filter(state="covered").values_list("pk", "message__data__corrected__correction")
    for pk, correction in list(said):
        if correction in corrections:
            items.filter(pk=pk).update(covered_by=correction)


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0005_reviews_and_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewitem',
            name='covered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='covers', to='evaluation.correction'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='same_question',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='correction',
            name='check_error',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(fields=['same_question', 'state', 'weight', 'asked_at', 'message'], name='review_item_same'),
        ),
        migrations.RunPython(number_questions, migrations.RunPython.noop),
        migrations.RunPython(point_to_corrections, migrations.RunPython.noop),
    ]
