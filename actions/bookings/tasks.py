"""Background work of the bookings: ids in, one function called."""

from uuid import UUID

from celery import shared_task

from actions.bookings.mails import queueing, sending


@shared_task(name=queueing.TASK)
def send_mail(mail_id: str) -> None:
    sending.send(UUID(mail_id))


@shared_task
def sweep_mails() -> None:
    sending.sweep()
