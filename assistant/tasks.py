"""What is done about the assistants in the background."""

from __future__ import annotations

import logging

from celery import shared_task

from assistant import models_in_use
from assistant.routing import training

logger = logging.getLogger(__name__)

TRAINING_SECONDS = 4.0  # at a time: the same workers bring what staff edit to customers


@shared_task
def look_at_lifetimes() -> None:
    for words in models_in_use.look_at_lifetimes():
        logger.warning(words)


@shared_task
def train_router() -> None:
    training.train_if_changed(most_seconds=TRAINING_SECONDS)
