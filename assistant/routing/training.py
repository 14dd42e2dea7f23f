"""Train the router again when flows or knowledge have changed: a task asks every few seconds."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from assistant.models import Router
from assistant.routing import asking, fitting, packing, samples
from assistant.routing.samples import Sample
from assistant.routing.signs import signs
from llm.embedding import embed_query, embedding_identity
from llm.errors import ModelError

logger = logging.getLogger(__name__)


def train_if_changed(*, most_seconds: float = float("inf")) -> bool:
    """Whether something new was learned. Raises nothing: without vectors, and where they take longer than
    `most_seconds`, it is gone on with later."""
    identity = embedding_identity()
    signature = samples.signature(identity)
    if Router.objects.filter(signature=signature).exists():
        return False
    _want()
    try:
        return train(identity=identity, signature=signature, until=time.monotonic() + most_seconds)
    except ModelError as error:
        logger.warning("The router was not trained: %s", error.code)
        _show(error=str(error)[:500])
        return False


def _want() -> None:
    """Staff see since when something new waits to be learned."""
    nothing_yet = {"identity": "", "signature": "", "bar": 1.0}
    Router.objects.get_or_create(pk=Router.ONLY, defaults=nothing_yet)
    Router.objects.filter(pk=Router.ONLY, wanted_at=None).update(wanted_at=timezone.now())


def train(*, identity: str, signature: str, until: float = float("inf")) -> bool:
    """Embeds what is new (40 ms each with the embedded model) and fits in a second or so. False when the time
    was over before.

    As soon as there is a flow, be it a draft: whoever tries that does not wait for hundreds of vectors.
    """
    gathered = samples.gather() if samples.has_flows() else []
    vectors: dict[str, np.ndarray] = {}
    for sample in gathered:
        if time.monotonic() > until:  # what was embedded is remembered: the next time begins behind it
            _show(samples_done=len(vectors), samples=len(gathered), error="")
            return False
        vectors[sample.text] = np.array(embed_query(sample.text))
    fitted = fitted_to(gathered, vectors)
    Router.objects.update_or_create(
        pk=Router.ONLY,
        defaults={
            "identity": identity,
            "signature": signature,
            "numbers": packing.packed(fitted, vectors) if vectors else b"",
            "bar": fitted.bar if fitted else 1.0,
            "figures": fitted.figures.as_json() if fitted else {},
            "wanted_at": None,
            "samples_done": len(vectors),
            "samples": len(gathered),
            "error": "",
        },
    )
    asking.read_anew()
    return True


def _show(**progress: Any) -> None:
    """To whoever waits for it; `trained_at` stays as it is."""
    Router.objects.filter(pk=Router.ONLY).update(**progress)


def fitted_to(gathered: Sequence[Sample], vectors: Mapping[str, np.ndarray]) -> fitting.Fitted | None:
    """None where no flow can be learned from them."""
    if not gathered:
        return None
    rows = np.array([vectors[sample.text] for sample in gathered])
    texts = [sample.text for sample in gathered]
    return fitting.fit(rows, list(map(signs, texts)), [one.label for one in gathered], texts)
