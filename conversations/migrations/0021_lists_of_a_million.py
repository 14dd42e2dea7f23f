"""Indexes for every list that staff can ask for. They are made while conversations go on: a large table is
not locked meanwhile, so this is no transaction. Interrupted, it leaves an index that is not valid: what is
there is dropped first, then made again."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

ACTIVE = models.Q(status__in=["open", "waiting"])
OF_CONVERSATIONS = [
    models.Index(fields=["status", "waiting_since", "-last_message_at"], name="conversation_list_status"),
    models.Index(fields=["-last_message_at"], condition=ACTIVE, name="conversation_last_active"),
    models.Index(fields=["reply_due_at", "waiting_since", "-last_message_at"], name="conversation_list_due"),
    models.Index(
        fields=["handoff_reason", "waiting_since", "-last_message_at"],
        condition=~models.Q(handoff_reason=""),
        name="conversation_list_reason",
    ),
    models.Index(
        fields=["assignee", "waiting_since", "-last_message_at"],
        condition=models.Q(status__in=["open", "waiting"], owner="person"),
        name="conversation_answered",
    ),
]
OF_MENTIONS = [models.Index(fields=["user", "-created_at"], name="mention_newest")]


def _made_anew(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversations", "0020_gone_quiet")]

    operations = [
        operation
        for model, indexes in (("conversation", OF_CONVERSATIONS), ("mention", OF_MENTIONS))
        for index in indexes
        for operation in (_made_anew(index.name), AddIndexConcurrently(model_name=model, index=index))
    ]
