"""Train the router again when flows or knowledge have changed: a task asks every few seconds."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.models import Router
from assistant.routing import fitting, packing, samples
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
    """Embeds what is new (40 ms each with the embedded model) and fits in a second or so.

    As soon as there is a flow, be it a draft: whoever tries that does not wait for hundreds of vectors.
    """
    gathered = samples.gather() if samples.has_flows() else []
    vectors = {sample.text: np.array(embed_query(sample.text)) for sample in gathered}
    fitted = fitted_to(gathered, vectors)
    Router.objects.update_or_create(
        pk=Router.ONLY,
        defaults={
            "identity": identity,
            "signature": signature,
            "numbers": packing.packed(fitted, vectors) if vectors else b"",
            "bar": fitted.bar if fitted else 1.0,
            "figures": fitted.figures.as_json() if fitted else {},
        },
    )


def fitted_to(gathered: Sequence[Sample], vectors: Mapping[str, np.ndarray]) -> fitting.Fitted | None:
    """None where no flow can be learned from them."""
    if not gathered:
        return None
    rows = np.array([vectors[sample.text] for sample in gathered])
    return fitting.fit(rows, [signs(one.text) for one in gathered], [one.label for one in gathered])
