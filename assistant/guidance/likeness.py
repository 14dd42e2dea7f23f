"""How near lines of staff are to what somebody says, on a scale that means the same for any model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.meaning import on_scale
from knowledge.language import detect_language

MOST_LINES = 120  # compared for one reply; a line costs 40 ms the first time, and is remembered
STOCK_LANGUAGES = ("en", "fr")


async def near(said: str, language: str, lines: Sequence[str]) -> Mapping[str, float]:
    """Empty where there are no vectors: then the words alone count."""
    known = {line: detect_language(line, STOCK_LANGUAGES, language) for line in lines[:MOST_LINES]}
    return await on_scale(said, language, known) if known else {}
