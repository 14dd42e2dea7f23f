"""Celery's side of indexing: the rows in Job are the truth, these only ring."""

from __future__ import annotations

from celery import shared_task

from knowledge import jobs, sweeping, working


@shared_task(name=jobs.RING_TASK)
def run_job(job_id: int) -> None:
    working.run_job(job_id)


@shared_task
def revive_stalled() -> None:
    sweeping.sweep()


@shared_task
def tidy() -> None:
    sweeping.tidy()
