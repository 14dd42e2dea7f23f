"""The floor: the score that questions about something else reach too. Below it, nothing was found.

It depends on the source and on the question's language (across languages every score is lower), so it is
measured for both when a source is indexed: see knowledge/calibration.py. Until then only words count, and
nearly all of the question's words have to be there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.fronts import best_at
from knowledge.matching import WORDS_SHARE, Passage
from knowledge.models import Calibration, EmbeddingSpace

# The stock questions' usual best score is their median; nearly all of them stay below the percentile (not
# all: a few may be about what the company sells). The floor is a little further from one than the other, or
# a part of the way to what the source's own titles reach, where that is higher.
USUAL, NEARLY_ALL = 50, 95
HEIGHT = 1.1
PART_OF_THE_WAY = 0.28
# Of words alone, where nothing was measured: in six bases of two languages 0–5 % of the stock questions reach
# it, and a fifth to three fifths of those that the base answers.
UNMEASURED, UNMEASURED_SPREAD = 0.3, 0.13


@dataclass(frozen=True)
class Floor:
    """The floor, and how far stock questions' scores spread: the unit for "well above the floor".

    `centre` is the mean of stock questions' vectors, which is taken out of a question's own. `measured` are
    the sources that it was measured in. `own` is what their own titles usually reach, None where no language
    of theirs was asked.
    """

    value: float = UNMEASURED
    spread: float = UNMEASURED_SPREAD
    centre: Sequence[float] | None = None
    measured: frozenset[int] = frozenset()
    own: float | None = None

    def hold_back(self, passages: list[Passage]) -> list[Passage]:
        """Keep passages of sources without a floor below this one, unless they have the question's words."""
        if not self.measured:
            return passages
        return sorted(map(self._held_back, passages), key=lambda passage: -passage.rank)

    def _held_back(self, passage: Passage) -> Passage:
        if passage.source_id in self.measured or passage.words >= UNMEASURED:
            return passage
        held = min(passage.score, self.value - self.spread)
        return replace(passage, score=held, gain=min(passage.gain, 0.0))


def floor_for(
    sources: frozenset[int] | None, language: str | None, space: EmbeddingSpace | None,
    *, words_share: float | None = None,
) -> Floor:  # fmt: skip
    """The floor of a set of sources for questions in a language; a high one while nothing was measured.

    Without a `space` it is the floor of words alone. A language without stock questions takes the lowest.
    `words_share`: where words were weighed so, and not as they are in this space.
    """
    share = words_share if words_share is not None else space.words_share if space else WORDS_SHARE
    rows = list(_calibrations(sources, space))
    rows = [row for row in rows if row.language == language] or rows
    if not rows:
        return Floor()
    by_language: defaultdict[str, list[Calibration]] = defaultdict(list)
    for row in rows:
        by_language[row.language].append(row)
    heights = [_height_of_rows(same, share, meaning=space is not None) for same in by_language.values()]
    value, spread, own = min(heights, key=lambda height: height[:2])
    measured = frozenset(row.source_id for row in rows)
    return Floor(value, spread, rows[0].centre if space else None, measured, own)


def _height_of_rows(
    rows: Sequence[Calibration], share: float, *, meaning: bool
) -> tuple[float, float, float | None]:
    if not meaning:
        return *floor_of([row.word_scores for row in rows]), None
    measured = [_measured(row, share) for row in rows]
    own = min((own for _scores, own in measured if own is not None), default=None)
    return *floor_of([scores for scores, _own in measured], own=own), own


def _measured(row: Calibration, share: float) -> tuple[list[float], float | None]:
    """What the stock questions and the own titles reach with words at this share; of an older row, at the
    usual one."""
    if share == WORDS_SHARE or not row.fronts:
        return row.scores, row.own_score
    own = [best_at(front, share) for front in row.fronts["own"]]
    stock = [best_at(front, share) for front in row.fronts["stock"]]
    return stock, float(np.median(own)) if own else None


def floor_of(scores: Sequence[Sequence[float]], *, own: float | None = None) -> tuple[float, float]:
    """Floor and spread of the best score that each stock question reaches in any of the sources.

    `own` is what titles of the sources' own articles usually reach.
    """
    longest = max((len(row) for row in scores), default=0)
    same = [row for row in scores if row and len(row) == longest]
    if not same:
        return UNMEASURED, UNMEASURED_SPREAD
    usual, nearly_all = np.percentile(np.max(np.array(same), axis=0), [USUAL, NEARLY_ALL])
    spread = max(float(nearly_all - usual), 1e-3)
    above = max(HEIGHT * spread, PART_OF_THE_WAY * (own - float(usual)) if own is not None else 0.0)
    return float(usual) + above, spread


def _calibrations(sources: frozenset[int] | None, space: EmbeddingSpace | None) -> list[Calibration]:
    rows = Calibration.objects.filter(space=space) if space else Calibration.objects.filter(space__live=True)
    if sources is not None:
        rows = rows.filter(source__in=sources)
    return list(rows.exclude(word_scores=[]))
