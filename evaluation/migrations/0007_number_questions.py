"""Answers that are in the queue already: the number of their question, and the correction that covers them."""

from django.db import migrations

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
        ('evaluation', '0006_the_same_question'),
    ]

    operations = [
        migrations.RunPython(number_questions, migrations.RunPython.noop),
        migrations.RunPython(point_to_corrections, migrations.RunPython.noop),
    ]
