"""Background work of the insights."""

from celery import shared_task

from insights import counting, topics


@shared_task
def count_changed() -> None:
    counting.count_changed()


@shared_task
def sort_into_topics() -> None:
    topics.sort()
