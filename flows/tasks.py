"""Background work of flows: one function called."""

from celery import shared_task

from flows.pictures.forgetting import forget_unnamed


@shared_task
def forget_pictures() -> None:
    forget_unnamed()
