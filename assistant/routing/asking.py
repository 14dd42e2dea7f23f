"""Ask the router which flow a message begins."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.models import Router
from assistant.routing import fitting, packing
from assistant.routing.measuring import Figures
from assistant.routing.samples import KNOWLEDGE, NOTHING
from assistant.routing.signs import signs, without_values
from assistant.routing.telling import Said, said
from assistant.situation import Trial
from chatbot.kept_connections import in_thread
from llm.embedding import aembed_queries, embedding_identity
from llm.errors import ModelError

FRESH_SECONDS = 5.0  # for which a process believes what it has read
CLOSE = 0.2  # of the likelihood of the best flow: then the second one may be meant as well
WORTH_ASKING = 0.5  # of the bar: below it, no flow is meant
LEAST_LIKELY = 0.08
LEAST_OFFERED = 0.2  # how near its nearest example is: asking is cheap, and long messages are far from all
LEAST_OF_A_RIVAL = 0.05  # how likely a flow is that another is mistaken for, to be asked about
AS_NEAR = 0.1  # by which its nearest example may be farther away
VERY_NEAR = 0.6  # from where on an example begins also a flow that is recognised badly
MOST_CLOSE = 3  # flows to choose from


@dataclass(frozen=True)
class Routed:
    """`flow` is the likeliest, begun without asking when `sure`; `close` are those that may be meant, and
    `likeliest` all of them in order."""

    flow: str = ""
    sure: bool = False
    close: tuple[str, ...] = ()
    likely: float = 0.0
    bar: float = 1.0
    likeliest: tuple[str, ...] = field(default=(), compare=False)


NOWHERE = Routed()
_known: tuple[float, str, fitting.Fitted | None] = (0.0, "", None)


async def route(text: str, among: frozenset[str], trial: Trial | None = None) -> Routed:
    """Which of these flows the words begin; `NOWHERE` while nothing was learned."""
    fitted = trial.router if trial else await in_thread(in_use)()
    if fitted is None or not text.strip():
        return NOWHERE
    try:
        [vector] = await aembed_queries([without_values(text)])
    except ModelError:
        return NOWHERE
    return decided(fitted, np.array(vector), signs(text), among, said(text))


def decided(
    fitted: fitting.Fitted, vector: np.ndarray, shape: tuple[float, ...], among: frozenset[str],
    words: Said = (),
) -> Routed:  # fmt: skip
    likelihoods, near = fitted.likelihoods(vector, shape), fitted.nearness(vector)
    flows = sorted(((p, label) for label, p in likelihoods.items() if label in among), reverse=True)
    if not flows:
        return NOWHERE
    best, flow = flows[0]
    others = max(likelihoods.get(KNOWLEDGE, 0.0), likelihoods.get(NOTHING, 0.0))
    elsewhere = max(near.get(KNOWLEDGE, -1.0), near.get(NOTHING, -1.0))
    sure = best >= fitted.bar and best > others and fitting.is_near(best, near[flow], elsewhere)
    least = max(LEAST_LIKELY, CLOSE * best)
    meant = best >= WORTH_ASKING * fitted.bar and best > others
    likely = [label for p, label in flows[:MOST_CLOSE] if p >= least and near[label] >= LEAST_OFFERED]
    close = tuple(likely) if meant else ()
    other = fitted.spoken_of(flow, vector, words, near[flow]) if close else ""
    sure = sure and other != KNOWLEDGE
    if not sure and (other == KNOWLEDGE or near.get(KNOWLEDGE, -1.0) > near[flow] + fitting.NEARER):
        close = close[:1]  # it is answered, and the flow offered below: nobody is asked which one is meant
    elif sure and (doubted := _doubted(fitted, flow, flows, near, other)):
        sure, close = False, doubted
    return Routed(flow, sure, close, best, fitted.bar, tuple(label for _, label in flows))


def _doubted(
    fitted: fitting.Fitted, flow: str, flows: Sequence[tuple[float, str]], near: Mapping[str, float],
    other: str,
) -> tuple[str, ...]:  # fmt: skip
    """The flows that are offered although the likeliest would begin; () where nothing speaks against it.

    The words may speak of what only an `other` does; it may be one that is mistaken for another, which is
    about as near; or it is recognised badly, none of its examples is near, and another is likely too.
    """
    among = {label: p for p, label in flows}
    if other:
        return (flow, other) if other in among else (flow,)
    mistaken = fitted.rivals(flow)
    rivals = [one for one in mistaken & among.keys() if among[one] >= LEAST_OF_A_RIVAL]
    asked = [one for one in rivals if near[one] >= near[flow] - AS_NEAR]
    if fitted.is_recognised_badly(flow) and near[flow] < VERY_NEAR:
        asked += [one for one, p in among.items() if p >= max(LEAST_LIKELY, CLOSE * among[flow])]
    found = dict.fromkeys([flow, *sorted(asked, key=lambda one: -among[one])])
    return tuple(found)[:MOST_CLOSE] if len(found) > 1 else ()


def read_anew() -> None:
    """Believe no longer what this process has read: it has just learned something else."""
    global _known
    _known = (0.0, "", None)


def in_use() -> fitting.Fitted | None:
    """What was learned last, read anew every few seconds."""
    global _known
    until, signature, fitted = _known
    if time.monotonic() < until:
        return fitted
    row = learned_last()
    if row is None:
        fitted, signature = None, ""
    elif (now := f"{row.training} {row.signature}") != signature:
        signature, fitted = now, read(row)
    _known = (time.monotonic() + FRESH_SECONDS, signature, fitted)
    return fitted


def forget() -> None:
    """Believe nothing of what was read: the next message reads it anew."""
    global _known
    _known = (0.0, "", None)


def learned_last() -> Router | None:
    """And is in use, by the embedding model that is. Its numbers are a megabyte, and come when they are asked
    for."""
    here = Router.objects.filter(pk=Router.ONLY, identity=embedding_identity())
    return here.defer("numbers", "vectors").first()


def read(row: Router) -> fitting.Fitted | None:
    """None where there was nothing to learn."""
    if not row.figures:
        return None
    return packing.unpacked(bytes(row.numbers), row.bar, Figures.from_json(row.figures))
