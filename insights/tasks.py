"""Background work of the insights."""

from celery import shared_task

from insights import counting, naming, recounting, topics

SECONDS = 10.0  # of a worker, three times a minute where there is so much


@shared_task
def count_changed() -> None:
    counting.count_changed()
    recounting.go_on()


@shared_task
def sort_into_topics() -> None:
    topics.sort_for(SECONDS)


@shared_task
def name_topics() -> None:
    naming.name_waiting()
