"""Background work of the evaluation."""

from celery import shared_task

from evaluation import checking, collecting


@shared_task
def collect_questions() -> None:
    collecting.collect()


@shared_task
def check_gaps() -> None:
    checking.check_due()
