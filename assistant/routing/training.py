"""Train the router again when flows or knowledge have changed: a task asks every few seconds."""

from __future__ import annotations

import logging

import numpy as np

from assistant.models import Router
from assistant.routing import fitting, samples
from assistant.routing.samples import Sample
from assistant.routing.signs import signs
from llm.embedding import embed_query, embedding_identity
from llm.errors import ModelError

logger = logging.getLogger(__name__)


def train_if_changed() -> bool:
    """Whether there was something new to learn. Raises nothing: without vectors it is tried again later."""
    identity = embedding_identity()
    signature = samples.signature(identity)
    if Router.objects.filter(signature=signature).exists():
        return False
    try:
        train(identity=identity, signature=signature)
    except ModelError as error:
        logger.warning("The router was not trained: %s", error.code)
        return False
    return True


def train(*, identity: str, signature: str) -> None:
    """Embeds what is new (40 ms each with the embedded model) and fits in a second or so."""
    gathered = samples.gather()
    has_flows = any(not sample.label.startswith("=") for sample in gathered)
    fitted = _fit(gathered) if has_flows else None
    Router.objects.update_or_create(
        pk=Router.ONLY,
        defaults={
            "identity": identity,
            "signature": signature,
            "numbers": fitting.packed(fitted) if fitted else b"",
            "bar": fitted.bar if fitted else 1.0,
            "figures": fitted.figures.as_json() if fitted else {},
        },
    )


def _fit(gathered: list[Sample]) -> fitting.Fitted | None:
    vectors = np.array([embed_query(sample.text) for sample in gathered])
    return fitting.fit(vectors, [signs(one.text) for one in gathered], [one.label for one in gathered])
