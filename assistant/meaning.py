"""Compare sentences by meaning where their words cannot be compared: across languages.

What a sentence of the answer says is looked for in each sentence of the passage it cites, and in each two
that follow one another, since a model often says in one what the article says in two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assistant.evidence import Claim, Evidence
from assistant.extracts import PASSAGES_READ, units_of
from assistant.units import Unit, split_units
from knowledge.calibration import stock_questions
from knowledge.matching import Passage
from llm.embedding import aembed_queries
from llm.errors import ModelError

Vectors = dict[str, np.ndarray]

MOST_COMPARED = 12  # units whose meaning is compared with the question
MOST_READ = 80  # texts that are embedded to check one answer: those that were never read cost 40 ms each
BUDGET_SECONDS = 6.0
# Where the bar lies between sentences that have nothing in common (0) and translations of each other (1), so
# that it means the same for any model. With the embedded one these are alike by .74 and .92: the bar is .88.
# Measured on the sample's articles by `python -m benchmarks.cross_language`: of a section's sentences 99.5 %
# are found in the same section in the other language (two drawn together: 98.9 %), 4.7 % (1.2 %) in another
# section of the same article, and 2.2 % (0.2 %) in a section of another article.
NEARLY_A_TRANSLATION = 0.78
PAIRS = 12  # stock questions that exist in both languages show how far apart those are


async def likeness_of_units(question: str, passages: Sequence[Passage], language: str) -> dict[str, float]:
    """How near the units are to the question when the best passage is in another language; else empty."""
    if not passages or passages[0].language == language:
        return {}
    foreign = [one for one in passages[:PASSAGES_READ] if one.language == passages[0].language]
    texts = list(dict.fromkeys(unit.plain for passage in foreign for unit in units_of(passage)))
    vectors = await _embedded([question, *texts[:MOST_COMPARED]])
    if vectors is None:
        return {}
    return {text: float(vectors[question] @ vectors[text]) for text in texts[:MOST_COMPARED]}


async def borne_out(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> frozenset[Claim]:
    """The claims that their passage makes too, in its own language; none when that cannot be told."""
    if not claims:
        return frozenset()
    said = {claim.passage: _sayings(evidence[claim.passage - 1]) for claim in claims}
    texts = [claim.sentence for claim in claims] + [text for texts in said.values() for text in texts]
    vectors = await _embedded([*_paired(), *texts[:MOST_READ]])
    if vectors is None:
        return frozenset()
    least = _least_likeness(vectors)
    return frozenset(claim for claim in claims if _nearest(claim, said[claim.passage], vectors) >= least)


def _sayings(passage: Evidence) -> list[str]:
    """The sentences and list items of a passage, and two that follow one another."""
    units = [unit for unit in split_units(passage.text) if unit.kind != "list"]
    both = [f"{one.plain} {other.plain}" for one, other in pairwise(units) if _go_together(one, other)]
    return [*(unit.plain for unit in units), *both]


def _go_together(one: Unit, other: Unit) -> bool:
    return one.kind == other.kind == "sentence" and one.context == other.context


def _nearest(claim: Claim, texts: Sequence[str], vectors: Vectors) -> float:
    own = vectors.get(claim.sentence)
    if own is None:
        return -1.0
    return max((float(own @ vectors[text]) for text in texts if text in vectors), default=-1.0)


def _paired() -> list[str]:
    return [*stock_questions("en")[:PAIRS], *stock_questions("fr")[:PAIRS]]


def _least_likeness(vectors: Vectors) -> float:
    """From when two sentences say the same, on the scale of the model that made the vectors."""
    english, french = (
        np.array([vectors[text] for text in stock_questions(code)[:PAIRS]]) for code in ("en", "fr")
    )
    alike = english @ french.T
    translated = float(np.diag(alike).mean())
    unrelated = float((alike.sum() - np.trace(alike)) / (alike.size - PAIRS))
    return unrelated + NEARLY_A_TRANSLATION * (translated - unrelated)


async def _embedded(texts: Sequence[str]) -> Vectors | None:
    texts = list(dict.fromkeys(texts))
    try:
        async with asyncio.timeout(BUDGET_SECONDS):
            vectors = await aembed_queries(texts)
    except (ModelError, TimeoutError):
        return None
    return {text: np.asarray(vector) for text, vector in zip(texts, vectors, strict=True)}
