"""What is done about the assistants in the background."""

from __future__ import annotations

import logging

from celery import shared_task

from assistant import models_in_use

logger = logging.getLogger(__name__)


@shared_task
def look_at_lifetimes() -> None:
    for words in models_in_use.look_at_lifetimes():
        logger.warning(words)
