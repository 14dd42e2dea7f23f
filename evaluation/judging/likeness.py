"""How near two texts are by meaning, on a scale that means the same for any model that makes vectors: 0 for
sentences that have nothing in common, 1 for translations of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.meaning import STOCK_LANGUAGES, embedded
from knowledge.calibration import stock_questions
from llm.clients import own_loop

PAIRS = 12  # stock questions in both languages
MOST_READ = 60  # texts at a time: those that were never read cost 40 ms each


@dataclass(frozen=True)
class Likeness:
    """Without vectors nothing is known, and `between` says None."""

    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    low: float = 0.0
    high: float = 1.0

    @property
    def is_known(self) -> bool:
        return bool(self.vectors)

    def between(self, one: str, other: str) -> float | None:
        if one not in self.vectors or other not in self.vectors:
            return None
        alike = float(self.vectors[one] @ self.vectors[other])
        return (alike - self.low) / (self.high - self.low)

    def nearest(self, text: str, others: Iterable[str]) -> float | None:
        found = [near for other in others if (near := self.between(text, other)) is not None]
        return max(found, default=None)


UNKNOWN = Likeness()


def likeness_of(texts: Collection[str]) -> Likeness:
    """Of these; UNKNOWN where no vectors can be had. In an event loop of its own."""
    english, french = (list(stock_questions(code)[:PAIRS]) for code in STOCK_LANGUAGES)
    wanted = list(dict.fromkeys(text for text in texts if text.strip()))
    if not wanted:
        return UNKNOWN
    vectors: dict[str, np.ndarray] = {}
    with own_loop() as runner:
        for part in _parts([*english, *french, *wanted]):
            made = runner.run(embedded(part))
            if made is None:
                return UNKNOWN
            vectors |= made
    alike = np.array([vectors[one] for one in english]) @ np.array([vectors[one] for one in french]).T
    high = float(np.diag(alike).mean())
    low = float((alike.sum() - np.trace(alike)) / (alike.size - len(english)))
    return Likeness(vectors, low, high)


def _parts(texts: Sequence[str]) -> Iterable[Sequence[str]]:
    return (texts[at : at + MOST_READ] for at in range(0, len(texts), MOST_READ))
