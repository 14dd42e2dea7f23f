"""What is learned in the background."""

from __future__ import annotations

from celery import shared_task

from training import running
from training.customers import collecting

MOST_SECONDS = 4.0  # of embedding at a time: the same workers bring what staff edit to customers


@shared_task
def train_router() -> None:
    running.train_if_changed(most_seconds=MOST_SECONDS)


@shared_task
def collect_examples() -> None:
    collecting.collect()
