"""Fine-tunings that are due, gone on with by any worker: a step at the provider, what came of it, and on.

Whoever takes one has it for some minutes; a worker that dies lets it go by that, and the next one finds in
the row what was under way. No transaction is open while a provider is asked.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.utils import timezone

from llm.fine_tuning_errors import TuningError
from training.fine_tuning import writing
from training.fine_tuning.acting import News, act
from training.fine_tuning.life import Step, next_step, outcome
from training.fine_tuning.rows import FineTuning

logger = logging.getLogger(__name__)
AT_ONCE = 20
ENOUGH = 60.0  # seconds for one task: what is left is taken with the next
IN_A_ROW = 8  # steps without a wait: the longest way is six


def sweep(*, now: datetime | None = None) -> int:
    """Everything that is due; how many there were."""
    until = time.monotonic() + ENOUGH
    for number in range(AT_ONCE):
        row = writing.take(now or timezone.now())
        if row is None or time.monotonic() > until:
            return number
        go_on(row)
    return AT_ONCE


def go_on_with(pk: int) -> bool:
    """With this one, if it is due and nobody else is at it."""
    row = writing.take(timezone.now(), pk=pk)
    return row is not None and go_on(row)


def go_on(row: FineTuning) -> bool:
    """Until there is something to wait for. False where another worker has it since."""
    until = time.monotonic() + ENOUGH
    for _step in range(IN_A_ROW):
        now = timezone.now()
        step = next_step(writing.facts_of(row))
        if step == Step.NOTHING:
            writing.rest(row)
            return True
        if not one_step(row, step, now):
            writing.let_go(row)
            return False
        row.refresh_from_db()
        if row.next_poll_at is None or row.next_poll_at > timezone.now() or time.monotonic() > until:
            return True
        again = writing.take(timezone.now(), pk=row.pk)
        if again is None:
            return True
        row = again
    writing.let_go(row)
    return True


def one_step(row: FineTuning, step: Step, now: datetime) -> bool:
    """Whether it was this worker's to do, and what came of it is written down."""
    if not writing.announce(row, step, now):
        return False
    try:
        told, news = act(row, step)
    except Exception:  # boundary: the row says so, and it is tried again later
        logger.exception("Fine-tuning %s, %s: something went wrong within", row.pk, step)
        told, news = TuningError("broken"), News()
    change = outcome(writing.facts_of(row), step, told, now)
    return writing.write(row, step, change, news, timezone.now())
