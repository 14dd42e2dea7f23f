"""Compare texts by meaning where words do not do: across languages, and with what is out of scope.

What a sentence of the answer says is looked for in each sentence of the passage it cites, and in each two
that follow one another, since a model often says in one what the article says in two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from assistant.evidence import Claim, Evidence
from assistant.extracts import PASSAGES_READ, units_of
from assistant.scope import parts_of
from assistant.units import Unit, split_units
from knowledge.calibration import stock_questions
from knowledge.search import Passage, Results
from llm.embedding import aembed_queries
from llm.errors import ModelError

Vectors = dict[str, np.ndarray]

# An out-of-scope line has to be nearer by this much of a cosine, and by that much more for each spread that
# the best passage is above the floor. Chosen on the sample with four objectives, so that of 142 questions
# about the company none that was answered is refused.
LEAST_LEAD, MARGIN_COUNTS = 0.01, 0.05
HEADINGS_READ = 5
CENTRING = 0.7  # as search does
MOST_COMPARED = 12  # units whose meaning is compared with the question
MOST_READ = 80  # texts that are embedded to check one answer: those that were never read cost 40 ms each
BUDGET_SECONDS = 6.0
# Where the bar lies between sentences that have nothing in common (0) and translations of each other (1), so
# that it means the same for any model. With the embedded one these are alike by .74 and .92: the bar is .88.
# Measured on the sample's articles by `python -m benchmarks.cross_language`: of a section's sentences 99.5 %
# are found in the same section in the other language (two drawn together: 98.9 %), 4.7 % (1.2 %) in another
# section of the same article, and 2.2 % (0.2 %) in a section of another article.
NEARLY_A_TRANSLATION = 0.78
STOCK_LANGUAGES = ("en", "fr")
PAIRS = 12  # stock questions that exist in both languages, to see how far apart translations are


async def likeness_of_units(question: str, passages: Sequence[Passage], language: str) -> dict[str, float]:
    """How near the units are to the question when the best passage is in another language; else empty."""
    if not passages or passages[0].language == language:
        return {}
    foreign = [one for one in passages[:PASSAGES_READ] if one.language == passages[0].language]
    texts = list(dict.fromkeys(unit.plain for passage in foreign for unit in units_of(passage)))
    vectors = await embedded([question, *texts[:MOST_COMPARED]])
    if vectors is None:
        return {}
    return {text: float(vectors[question] @ vectors[text]) for text in texts[:MOST_COMPARED]}


async def forbidden_by_meaning(
    question: str,
    language: str,
    *,
    lines: Mapping[str, str],
    tasks: Mapping[str, str],
    results: Results,
    margin: float,
) -> str | None:
    """The out-of-scope line that is nearer to the question than everything the assistant is there for.

    `lines` and `tasks` come with the language each is in. It has to be nearer by the more, the further the
    best passage is above the floor (`margin`, in spreads).
    """
    parts = {part: line for line in lines for part in parts_of(line)}
    found = {**{part: lines[line] for part, line in parts.items()}, **tasks}
    likeness = await _likeness(question, language, found) if parts else {}
    if not likeness:
        return None
    nearest = max(parts, key=lambda part: likeness[part])
    needed = likeness[nearest] - LEAST_LEAD - MARGIN_COUNTS * max(margin, 0.0)
    if any(likeness[task] > needed for task in tasks):
        return None
    # Only now are the headings looked at: they may never have been embedded.
    found_too = results.passages[:HEADINGS_READ]
    headings = {" > ".join([one.title, *one.heading_path]): one.language for one in found_too}
    to_headings = await _likeness(question, language, headings)
    return parts[nearest] if to_headings and max(to_headings.values()) < needed else None


async def _likeness(question: str, language: str, texts: Mapping[str, str]) -> dict[str, float]:
    """How near each text is to the question, whatever languages they are in; empty without vectors.

    Two texts of one language are always a little alike, which is taken out of both.
    """
    vectors = await embedded([question, *texts, *_paired()]) if texts else None
    if vectors is None:
        return {}
    centres = {code: np.mean([vectors[text] for text in _stock(code)], axis=0) for code in STOCK_LANGUAGES}
    middle: np.ndarray = np.mean(list(centres.values()), axis=0)

    def centred(text: str, code: str) -> np.ndarray:
        vector = vectors[text] - CENTRING * np.asarray(centres.get(code, middle))
        return np.asarray(vector / np.linalg.norm(vector))

    asked = centred(question, language)
    return {text: float(asked @ centred(text, code)) for text, code in texts.items()}


async def borne_out(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> frozenset[Claim]:
    """The claims that their passage makes too, in its own language; none when that cannot be told."""
    if not claims:
        return frozenset()
    said = {claim.passage: _sayings(evidence[claim.passage - 1]) for claim in claims}
    texts = [claim.sentence for claim in claims] + [text for texts in said.values() for text in texts]
    vectors = await embedded([*_paired(), *texts[:MOST_READ]])
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
    return [text for code in STOCK_LANGUAGES for text in _stock(code)]


def _stock(code: str) -> list[str]:
    return stock_questions(code)[:PAIRS]


def _least_likeness(vectors: Vectors) -> float:
    """From when two sentences say the same, on the scale of the model that made the vectors."""
    english, french = (np.array([vectors[text] for text in _stock(code)]) for code in STOCK_LANGUAGES)
    alike = english @ french.T
    translated = float(np.diag(alike).mean())
    unrelated = float((alike.sum() - np.trace(alike)) / (alike.size - PAIRS))
    return unrelated + NEARLY_A_TRANSLATION * (translated - unrelated)


async def embedded(texts: Sequence[str]) -> Vectors | None:
    """The vector of each; None when they cannot be had, or not soon enough."""
    texts = list(dict.fromkeys(texts))
    try:
        async with asyncio.timeout(BUDGET_SECONDS):
            vectors = await aembed_queries(texts)
    except (ModelError, TimeoutError):
        return None
    return {text: np.asarray(vector) for text, vector in zip(texts, vectors, strict=True)}
