"""How near lines of staff are to what somebody says, in spreads above the usual (`usual.py`)."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from assistant.guidance.usual import Usual, some_embedded, usual
from assistant.meaning import Vectors
from knowledge.calibration import LANGUAGES
from knowledge.language import detect_language

MOST_LINES = 120  # compared for one reply; a line costs 40 ms the first time, and is remembered
REMEMBERED = 2_000  # lines whose language is known


async def near(
    said: str, language: str, lines: Sequence[str], urgent: Collection[str] = ()
) -> Mapping[str, float]:
    """Without those that could not be read in time; empty where there are no vectors: then words count.
    `urgent` lines, which break off everything, are left out where what people say every day is nearer."""
    known = await usual() if lines else None
    if known is None:
        return {}
    vectors = await some_embedded([said, *dict.fromkeys(lines[:MOST_LINES])])
    if said not in vectors:
        return {}
    # In a thread, like all that computes for long: other answers stream through this loop.
    return await asyncio.to_thread(_scores, known, vectors, said, language, lines, urgent)


def _scores(
    known: Usual, vectors: Vectors, said: str, language: str, lines: Sequence[str], urgent: Collection[str],
) -> dict[str, float]:  # fmt: skip
    heard = known.centred(vectors[said], language)
    found = {}
    for line in lines:
        if (vector := vectors.get(line)) is not None:
            spoken = language_of(line, language)
            if line not in urgent or not known.is_everyday(spoken, vector, heard):
                found[line] = known.nearness(line, spoken, vector, heard)
    return found


@lru_cache(maxsize=REMEMBERED)
def language_of(line: str, fallback: str) -> str:
    """Staff's lines are compared with every sentence of an answer, and change seldom."""
    return detect_language(line, LANGUAGES, fallback)
