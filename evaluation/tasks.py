"""Background work of the evaluation."""

from uuid import UUID

from celery import shared_task

from evaluation import checking, collecting
from evaluation.corrections import proving
from evaluation.corrections.mails import queue
from evaluation.judging import reviewed
from evaluation.releases import shutdowns, watching
from evaluation.reviews import picking
from evaluation.runs import keeping, working


@shared_task
def collect_questions() -> None:
    collecting.collect()


@shared_task
def check_gaps() -> None:
    checking.check_due()


@shared_task
def pick_reviews() -> None:
    picking.pick()


@shared_task
def check_corrections() -> None:
    proving.check_due()


@shared_task(name=queue.task)
def send_correction(mail_id: str) -> None:
    queue.send(UUID(mail_id))


@shared_task
def sweep_corrections() -> None:
    queue.sweep()


@shared_task
def work_on_run(pk: int) -> None:
    working.work_on(pk)


@shared_task
def watch_releases() -> None:
    watching.watch()


@shared_task
def tell_of_shutdowns() -> None:
    shutdowns.tell_of_shutdowns()


@shared_task
def judge_reviewed() -> None:
    reviewed.judge_due()


@shared_task
def sweep_runs() -> None:
    working.sweep()


@shared_task
def forget_old_runs() -> None:
    keeping.forget_old()
