"""A training from its beginning to what becomes of it: vectors a few seconds at a time, then all the rest.

A task asks every few seconds whether flows, knowledge or customers' examples have changed. Nothing is lost by
a worker that is killed: what was embedded is remembered, and the row is claimed anew.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from assistant.routing import learning, packing, samples
from assistant.routing.fitting import Fitted
from assistant.routing.samples import NO_FLOWS, Sample
from llm.embedding import embedding_identity
from llm.errors import ModelError
from training import examining, promoting, register
from training.apart import Pairs
from training.deciding import Why
from training.models import State, Training
from training.secrets import without_secrets

logger = logging.getLogger(__name__)

FOREVER = float("inf")
PARTS = 26  # of the learning, for the progress: the folds of the cross-validation, and of each share
SECONDS_A_SHOW = 0.5  # between two looks whether it was cancelled


class Ended(Exception):
    """Somebody has cancelled it."""


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


def train_now(*, by: User | None = None, by_command: bool = False) -> tuple[Training, bool]:
    """Whatever has changed: the training that will be done, and whether it was asked for only now."""
    return register.ask(by=by, by_command=by_command)


def go_on(pk: int, *, most_seconds: float = FOREVER) -> bool:
    """With a training that waits or is half done; whether it has come to an end."""
    if not register.claim(pk):
        return False
    try:
        return _learn(Training.objects.get(pk=pk), time.monotonic() + most_seconds)
    except Ended:
        return False
    except ModelError as error:
        logger.warning("The router was not trained: %s", error.code)
        register.let_go(pk, error=str(error))
        return False
    except BaseException:  # boundary: whatever went wrong, the register says so, and it is raised
        Training.objects.filter(pk=pk).update(
            state=State.FAILED, why=Why.TROUBLE, ended_at=timezone.now(), claimed_until=None,
            signature=samples.signature(embedding_identity()),
        )  # fmt: skip
        raise


def _learn(training: Training, until: float) -> bool:
    training.identity = embedding_identity()
    training.signature = samples.signature(training.identity)
    gathered, secret = without_secrets(samples.gather())
    training.learned_from = counted(gathered)
    if not promoting.flows_of(training):
        return _refused(training, Why.NO_FLOWS, secret)
    begun = time.monotonic()
    vectors = _embedded(training, gathered, until)
    training.embedding_seconds += time.monotonic() - begun
    if vectors is None:
        training.save(update_fields=["embedding_seconds"])
        register.let_go(training.pk)
        return False
    begun = time.monotonic()
    step = _steps(training, len(gathered))
    fitted = learning.fitted_to(gathered, vectors, step=step)
    if fitted is None:
        return _refused(training, Why.ONE_KIND, secret)
    examined = examining.examine(fitted, gathered, vectors, step)
    training.report = examined.report | {"secrets": secret}
    pairs = _compared(training, examined.shadow, gathered, vectors)
    _keep(training, fitted, examined.shadow)
    training.learning_seconds = time.monotonic() - begun
    return _end(training, vectors, pairs)


def _embedded(training: Training, gathered: Sequence[Sample], until: float) -> learning.Vectors | None:
    """None when the time is over."""
    shown = 0.0

    def so_far(done: int) -> bool:
        nonlocal shown
        if time.monotonic() - shown > SECONDS_A_SHOW:
            shown = time.monotonic()
            _show(training, done, len(gathered) + PARTS)
        return time.monotonic() < until

    return learning.vectors_of(gathered, so_far)


def _steps(training: Training, done: int) -> Any:
    """Counts the parts of the learning."""
    at = done

    def step() -> None:
        nonlocal at
        at += 1
        _show(training, min(at, done + PARTS), done + PARTS)

    return step


def _show(training: Training, done: int, total: int) -> None:
    if not register.show(training.pk, done=done, total=total, error=""):
        raise Ended


def _compared(
    training: Training, shadow: Fitted | None, gathered: Sequence[Sample], vectors: learning.Vectors
) -> Pairs:
    """With what is in use, as it was before it learned the held-out part."""
    present = Training.objects.in_use().first()
    before = promoting.fitted_of(present, shadow=True) if present else None
    if shadow is None or before is None or present is None or present.identity != training.identity:
        return Pairs()
    found = examining.compared(before, shadow, gathered, vectors)
    training.report["compared"] = {"number": present.pk, **found}
    return Pairs(**found["pairs"])


def _keep(training: Training, fitted: Fitted, shadow: Fitted | None) -> None:
    training.figures, training.bar = fitted.figures.as_json(), fitted.bar
    training.numbers = packing.packed(fitted)
    training.shadow = packing.packed(shadow) if shadow else b""
    training.kept = True


def _end(training: Training, vectors: learning.Vectors, pairs: Pairs) -> bool:
    """Unless it was cancelled in the last moment."""
    if not register.show(training.pk):
        raise Ended
    training.done = training.total = len(vectors) + PARTS
    training.error = ""
    training.ended_at = timezone.now()
    training.save()
    promoting.settle(training, pairs)
    learning.keep_vectors(vectors)
    register.forget_numbers()
    return True


def _refused(training: Training, why: Why, secret: dict[str, int]) -> bool:
    training.report = {"secrets": secret}
    training.ended_at = timezone.now()
    training.save()
    promoting.refuse(training, why, {"secrets": sum(secret.values())})
    return True


def counted(gathered: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """By label and language."""
    found: dict[str, dict[str, int]] = {}
    for (label, language), times in sorted(Counter((one.label, one.language) for one in gathered).items()):
        found.setdefault(label, {})[language] = times
    return found


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
