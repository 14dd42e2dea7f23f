"""Background work of the conversations: ids in, one function called."""

from celery import shared_task

from conversations.beginning import forget_empty_conversations


@shared_task
def forget_empty() -> None:
    forget_empty_conversations()
