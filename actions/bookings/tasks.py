"""Background work of the bookings: ids in, one function called."""

from uuid import UUID

from celery import shared_task

from actions.bookings.mails.sending import queue


@shared_task(name=queue.task)
def send_mail(mail_id: str) -> None:
    queue.send(UUID(mail_id))


@shared_task
def sweep_mails() -> None:
    queue.sweep()
