"""A training from its beginning to what becomes of it: vectors a few seconds at a time, then all the rest.

A task asks every few seconds whether flows, knowledge or customers' examples have changed. Nothing is lost by
a worker that is killed: what was embedded is remembered, and the row is claimed anew.
"""

from __future__ import annotations

import logging
import time
from functools import partial

from django.db import transaction
from django.utils import timezone

from assistant.routing import learning, samples
from assistant.routing.fitting import Step
from assistant.routing.samples import NO_FLOWS
from llm.embedding import embedding_identity
from llm.errors import ModelError
from training import promoting, register
from training.deciding import Why
from training.learned import Learned, SoFar, learn
from training.models import Training
from training.trainings.register import FOREVER, Ended
from training.trainings.rows import State

logger = logging.getLogger(__name__)

PARTS = 26  # of the learning, for the progress: the folds of the cross-validation, and of each share
SECONDS_A_SHOW = 0.5  # between two looks whether it was cancelled


def train_if_changed(*, most_seconds: float = FOREVER) -> bool:
    """Whether something new was learned. Raises nothing: without vectors, and where they take longer than
    `most_seconds`, it is gone on with later."""
    under_way = Training.objects.light().open().first()
    if under_way is None:
        signature = samples.signature(embedding_identity())
        if register.is_known(signature):
            return False
        if not any(sample.label not in NO_FLOWS for sample in samples.gather()):
            return _without_flows(signature, most_seconds)
        under_way, _new = register.ask()
    return go_on(under_way.pk, most_seconds=most_seconds)


def catch_up(most_seconds: float) -> bool:
    """The same, for whoever wants to begin only then: it is waited for another worker that is at it. Without
    vectors nothing is waited for."""
    until = time.monotonic() + most_seconds
    learned = train_if_changed(most_seconds=most_seconds)
    while time.monotonic() < until and Training.objects.open().filter(error="").exists():
        time.sleep(SECONDS_A_SHOW)
        learned = train_if_changed(most_seconds=until - time.monotonic()) or learned
    return learned


def go_on(pk: int, *, most_seconds: float = FOREVER) -> bool:
    """With a training that waits or is half done; whether it has come to an end."""
    return register.REGISTER.go_on(pk, partial(finish, most_seconds=most_seconds))


def finish(pk: int, *, most_seconds: float = FOREVER) -> bool:
    """The same, for whoever wants to know of a model that does not answer."""
    until = time.monotonic() + most_seconds
    return register.REGISTER.finish(pk, partial(_learn, until=until))


def _learn(training: Training, *, until: float) -> bool:
    return _end(training, learn(training, _so_far(training, until), _steps(training)))


def _so_far(training: Training, until: float) -> SoFar:
    """Tells how far it is, twice a second."""
    shown = 0.0

    def so_far(done: int, of: int) -> bool:
        nonlocal shown
        training.total = of + PARTS
        if time.monotonic() - shown > SECONDS_A_SHOW:
            shown = time.monotonic()
            training.done = done
            _show(training)
        return time.monotonic() < until

    return so_far


def _steps(training: Training) -> Step:
    """Counts the parts of the learning, behind the vectors."""
    at = 0

    def step() -> None:
        nonlocal at
        at = min(at + 1, PARTS)
        training.done = training.total - PARTS + at
        _show(training)

    return step


def _show(training: Training) -> None:
    if not register.show(training.pk, done=training.done, total=training.total, error=""):
        raise Ended


def _end(training: Training, found: Learned | Why | None) -> bool:
    if found is None:
        Training.objects.filter(pk=training.pk).update(embedding_seconds=training.embedding_seconds)
        register.let_go(training.pk)
        return False
    with transaction.atomic():
        register.policy(locked=True)
        if not Training.objects.select_for_update().filter(pk=training.pk, state=State.RUNNING).exists():
            raise Ended
        training.error, training.ended_at = "", timezone.now()
        training.save()
        if isinstance(found, Why):
            promoting.refuse(training, found)
            return True
        promoting.settle(training, found.pairs)
    learning.keep_vectors(found.vectors)
    register.forget_numbers()
    return True


def _without_flows(signature: str, most_seconds: float) -> bool:
    """No flow begins by words, and so none does by the router. As soon as there is a draft, the vectors of
    all else are made: whoever tries it does not wait for hundreds of them."""
    until = time.monotonic() + most_seconds
    gathered = samples.gather() if samples.has_flows() else []
    try:
        vectors = learning.vectors_of(gathered, lambda _done: time.monotonic() < until)
    except ModelError as error:
        logger.warning("The router was not prepared: %s", error.code)
        return False
    if vectors is None:
        return False
    promoting.leave_without_flows(signature)
    learning.keep_vectors(vectors)
    return True
