"""What a training learns and finds out of it, put into its row, which is not saved here."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.routing import learning, packing, samples
from assistant.routing.fitting import Fitted, Step
from assistant.routing.samples import Sample
from llm.embedding import embedding_identity
from training import examining, promoting
from training.apart import Pairs
from training.deciding import Why
from training.models import Training
from training.secrets import without_secrets

SoFar = Callable[[int, int], bool]  # told how many vectors there are of how many; whether to go on


@dataclass(frozen=True)
class Learned:
    """`pairs`: compared with what is in use."""

    vectors: learning.Vectors
    pairs: Pairs


def learn(training: Training, so_far: SoFar, step: Step) -> Learned | Why | None:
    """A reason where nothing can be learned; None where `so_far` says not to go on. Seconds are added
    up: what is embedded in several goes was waited for several times."""
    training.identity = embedding_identity()
    training.signature = samples.signature(training.identity)
    gathered, secret = without_secrets(samples.gather())
    training.learned_from, training.report = counted(gathered), {"secrets": secret}
    if not promoting.flows_of(training):
        return Why.NO_FLOWS
    begun = time.monotonic()
    vectors = learning.vectors_of(gathered, lambda done: so_far(done, len(gathered)))
    training.embedding_seconds += time.monotonic() - begun
    if vectors is None:
        return None
    begun = time.monotonic()
    fitted = learning.fitted_to(gathered, vectors, step=step)
    if fitted is None:
        return Why.ONE_KIND
    examined = examining.examine(fitted, gathered, vectors, step)
    training.report |= examined.report
    pairs = _compared(training, examined.shadow, gathered, vectors)
    _keep(training, fitted, examined.shadow)
    training.learning_seconds = time.monotonic() - begun
    return Learned(vectors, pairs)


def _compared(
    training: Training, shadow: Fitted | None, gathered: Sequence[Sample], vectors: learning.Vectors
) -> Pairs:
    """With what is in use, as it was before it learned the held-out part."""
    present = Training.objects.in_use().first()
    if shadow is None or present is None or present.identity != training.identity:
        return Pairs()
    before = promoting.fitted_of(present, shadow=True)
    if before is None:
        return Pairs()
    found = examining.compared(before, shadow, gathered, vectors)
    training.report["compared"] = {"number": present.pk, **found}
    return Pairs(**found["pairs"])


def _keep(training: Training, fitted: Fitted, shadow: Fitted | None) -> None:
    training.figures, training.bar = fitted.figures.as_json(), fitted.bar
    training.numbers = packing.packed(fitted)
    training.shadow = packing.packed(shadow) if shadow else b""
    training.kept = True


def counted(gathered: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """By label and language."""
    found: dict[str, dict[str, int]] = {}
    times = Counter((one.label, one.language) for one in gathered)
    for (label, language), number in sorted(times.items()):
        found.setdefault(label, {})[language] = number
    return found
