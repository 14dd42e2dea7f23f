"""What is learned in the background."""

from __future__ import annotations

from celery import shared_task

from training import running
from training.customers import collecting
from training.examples import making
from training.fine_tuning import going_on
from training.search import running as searching

MOST_SECONDS = 4.0  # of embedding at a time: the same workers bring what staff edit to customers


@shared_task
def train_router() -> None:
    running.train_if_changed(most_seconds=MOST_SECONDS)


@shared_task
def train_search() -> None:
    if searching.go_on_with_any(most_seconds=MOST_SECONDS):
        train_search.delay()


@shared_task
def collect_examples() -> None:
    collecting.collect()


@shared_task
def make_datasets() -> None:
    """A few seconds of it; then others have their turn, and it is rung for again."""
    if making.go_on(most_seconds=MOST_SECONDS):
        make_datasets.delay()


@shared_task
def go_on_with_fine_tunings() -> None:
    going_on.sweep()
