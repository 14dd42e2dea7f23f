"""What this company's customers usually write about, as vectors: against it “near” is measured.

To a lamp shop every question is near “the lamp caught fire”. So what the titles of its articles have in
common is taken out of every text, and a line counts as near from so many spreads above how near it is to
those titles and to questions that have nothing to do with anything.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from assistant.meaning import Vectors, embedded
from assistant.routing.samples import of_knowledge
from assistant.stock import everyday
from chatbot.kept_connections import in_thread
from knowledge.calibration import LANGUAGES, stock_questions
from knowledge.language import detect_language
from llm.embedding import embedding_identity

logger = logging.getLogger(__name__)
FRESH_SECONDS = 300.0  # for which a process believes what it has read
RETRY_SECONDS = 20.0  # while not everything is known
MOST_TITLES = 100
LEAST_TITLES = 10  # of a language, to say what they have in common; else questions about anything do
BATCH = 20  # texts; one that was never read takes 40 ms
BUDGET_SECONDS = 1.5
LEAST_TEXTS = 20
LEAST_KNOWN = 0.8  # of them, before anything is measured against them
NEARLY = 0.03  # of likeness: as near to one as to the other

Kind = Literal["question", "title", "everyday"]


@dataclass
class Usual:
    """`middles` by language; `texts` are the vectors of titles and questions, the middle taken out, and
    `everyday` those of what people say of themselves. `spreads` of lines in a language are remembered: their
    mean likeness to the texts, and how much that varies."""

    middles: dict[str, np.ndarray]
    texts: np.ndarray
    everyday: np.ndarray
    spreads: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def centred(self, vector: np.ndarray, language: str) -> np.ndarray:
        return _unit(vector - self.middles.get(language, self.middles[LANGUAGES[0]]))

    def nearness(self, line: str, language: str, vector: np.ndarray, said: np.ndarray) -> float:
        """How many spreads what is `said` (centred) is nearer to the line than the usual."""
        of_line, key = self.centred(vector, language), (line, language)
        if key not in self.spreads:
            likeness = self.texts @ of_line
            self.spreads[key] = float(likeness.mean()), float(likeness.std()) or 1.0
        mean, spread = self.spreads[key]
        return (float(said @ of_line) - mean) / spread

    def is_everyday(self, language: str, vector: np.ndarray, said: np.ndarray) -> bool:
        """Whether what is `said` (centred) is nearer to what people say every day than to a line: to "I burnt
        myself" all is near that begins with "I have"."""
        of_line = float(said @ self.centred(vector, language))
        return len(self.everyday) > 0 and of_line < float((self.everyday @ said).max()) - NEARLY


_known: tuple[float, str, Usual | None] = (0.0, "", None)
_beside = False
_learning: asyncio.Task[Usual | None] | None = None


def learn_beside(beside: bool = True) -> None:
    """From now on replies of this process do not wait until this is learned: its loop goes on for long."""
    global _beside
    _beside = beside


async def usual() -> Usual | None:
    """None where there are no vectors, or not yet. Who waits gets what can be had soon."""
    global _learning
    until, identity, found = _known
    now = embedding_identity()
    if time.monotonic() < until and identity == now:
        return found
    if not _beside:
        return await _learn(now, BUDGET_SECONDS)
    if _learning is None or _learning.done():
        _learning = asyncio.create_task(_learn(now, float("inf")))
        _learning.add_done_callback(_told)
    return found if identity == now else None


async def _learn(identity: str, seconds: float) -> Usual | None:
    global _known
    texts = await in_thread(_texts)()
    vectors = await some_embedded(list(texts), seconds=seconds)
    found = learned(texts, vectors)
    lasts = FRESH_SECONDS if len(vectors) == len(texts) else RETRY_SECONDS
    _known = (time.monotonic() + lasts, identity, found)
    return found


def _told(learning: asyncio.Task[Usual | None]) -> None:
    if not learning.cancelled() and (error := learning.exception()):
        logger.warning("What customers usually write about was not learned", exc_info=error)


def forget() -> None:
    """Other articles, as tests have them one after another."""
    global _known
    _known = (0.0, "", None)


def learned(texts: dict[str, tuple[str, Kind]], vectors: Vectors) -> Usual | None:
    """From the vectors of the texts, each with its language. None of too few of them: beside questions about
    anything alone, all that a lamp shop is asked is near the lamp on fire."""
    if len(vectors) < max(LEAST_TEXTS, LEAST_KNOWN * len(texts)):
        return None
    middles = {code: _middle(code, texts, vectors) for code in LANGUAGES}
    centred = {text: _unit(vector - middles[texts[text][0]]) for text, vector in vectors.items()}
    usual = [vector for text, vector in centred.items() if texts[text][1] != "everyday"]
    everyday = [vector for text, vector in centred.items() if texts[text][1] == "everyday"]
    return Usual(middles, np.array(usual), np.array(everyday))


def _middle(code: str, texts: dict[str, tuple[str, Kind]], vectors: Vectors) -> np.ndarray:
    own = [text for text in vectors if texts[text][0] == code]
    titles = [text for text in own if texts[text][1] == "title"]
    chosen = titles if len(titles) >= LEAST_TITLES else own or list(vectors)
    return np.asarray(np.mean([vectors[text] for text in chosen], axis=0))


def _texts() -> dict[str, tuple[str, Kind]]:
    """Questions about anything first: there are always some."""
    asked: dict[str, tuple[str, Kind]] = {
        text: (code, "question") for code in LANGUAGES for text in stock_questions(code)
    }
    said: dict[str, tuple[str, Kind]] = {
        text: (code, "everyday") for code in LANGUAGES for text in everyday(code)
    }
    titles = [sample.text for sample in of_knowledge()][:MOST_TITLES]
    own: dict[str, tuple[str, Kind]] = {
        text: (detect_language(text, LANGUAGES, LANGUAGES[0]), "title") for text in titles
    }
    return asked | said | own


async def some_embedded(texts: Sequence[str], *, seconds: float | None = None) -> Vectors:
    """As many as can be had soon, a batch at a time: what was read once is remembered."""
    until = time.monotonic() + (BUDGET_SECONDS if seconds is None else seconds)
    found = Vectors()
    for at in range(0, len(texts), BATCH):
        some = await embedded(texts[at : at + BATCH])
        if some is None:
            break
        found |= some
        if time.monotonic() > until:
            break
        await asyncio.sleep(0)
    return found


def _unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))
