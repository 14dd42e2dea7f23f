"""Celery's side of indexing: the rows in Job are the truth, these only ring."""

from __future__ import annotations

from celery import shared_task

from knowledge import jobs, near, sweeping, working

NEAR_SECONDS = 4 * 60 * 60  # a million passages take minutes; one that is interrupted is made anew


@shared_task(name=jobs.RING_TASK)
def run_job(job_id: int) -> None:
    working.run_job(job_id)


@shared_task
def revive_stalled() -> None:
    sweeping.sweep()


@shared_task
def tidy() -> None:
    sweeping.tidy()


@shared_task(soft_time_limit=NEAR_SECONDS, time_limit=NEAR_SECONDS + 20)
def keep_near() -> None:
    near.keep()
