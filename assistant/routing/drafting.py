"""A router that has learned drafts as if they were published: for whoever tries one or asks what comes of it.

What customers would get is told by the same learning from the same samples, and by nothing that merely
resembles it: whether "send it back" begins this flow depends on what all others say, and on the questions
that the knowledge answers. The vectors of these are kept with the router, so only the draft's own examples
are asked for, and the fit takes half a second. It is remembered until an example changes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.models import Router
from assistant.routing import fitting, packing, samples
from assistant.routing.asking import learned_last, read
from assistant.routing.learning import fitted_to
from assistant.routing.samples import Sample
from flows.graph import Graph
from llm.embedding import embed_query
from llm.errors import ModelError

MOST_SECONDS = 4.0  # for vectors that are new: a hundred of them; the next message asks for more
MOST_SAMPLES = 6_000  # that are learned while somebody waits
MOST_KEPT = 8  # drafts that are tried at the same time in one process
Learnt = tuple[str, tuple[Sample, ...]]  # what it was learned from: the published router's, and all samples
_kept: dict[Learnt, fitting.Fitted | None] = {}


def router_with(draft: Graph) -> fitting.Fitted | None:
    """None where nothing was learned yet, or there are no vectors: then examples count word for word."""
    row = learned_last()
    if row is None or not row.vectors:
        return None
    gathered = tuple(samples.gather(draft))
    if row.signature == samples.signature(row.identity) and gathered == tuple(samples.gather()):
        return read(row)  # the examples are those that are published
    return _learned(row, gathered, [draft])[0]


def router_with_all(drafts: Sequence[Graph]) -> tuple[fitting.Fitted | None, bool]:
    """The same for several at once, and whether all their examples are learned: else ask again. Where there
    was no flow before, all that a router learns from is asked for."""
    row, gathered = learned_last(), tuple(samples.gather(*drafts))
    if row is None or len(gathered) > MOST_SAMPLES:
        return None, False
    return _learned(row, gathered, drafts)


def _learned(
    row: Router, gathered: tuple[Sample, ...], drafts: Sequence[Graph]
) -> tuple[fitting.Fitted | None, bool]:
    known = (row.signature, gathered)
    if known in _kept:
        return _kept[known], True
    kept = packing.vectors_in(bytes(row.vectors))
    wanted = samples.of_flows(drafts) if kept else gathered
    own = {packing.digest(sample.text): sample.text for sample in wanted}
    try:
        vectors = _with_own(kept, own)
    except ModelError:
        return None, False
    whole = own.keys() <= vectors.keys()
    if not whole and len(drafts) > 1:
        return None, False
    fitted = _fitted(gathered, vectors)
    if whole:
        _remember(known, fitted)
    return fitted, whole


def _with_own(vectors: dict[int, np.ndarray], own: Mapping[int, str]) -> dict[int, np.ndarray]:
    """Of articles and flows that were published since, the next learning asks for them. What was asked for
    before is remembered, and costs nothing."""
    until = time.monotonic() + MOST_SECONDS
    found = dict(vectors)
    for key in (key for key in own if key not in vectors):
        if time.monotonic() > until:
            break
        found[key] = np.array(embed_query(own[key]))
    return found


def _fitted(gathered: Sequence[Sample], vectors: Mapping[int, np.ndarray]) -> fitting.Fitted | None:
    found = {one.text: vectors[key] for one in gathered if (key := packing.digest(one.text)) in vectors}
    return fitted_to([sample for sample in gathered if sample.text in found], found)


def _remember(known: Learnt, fitted: fitting.Fitted | None) -> None:
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[known] = fitted
