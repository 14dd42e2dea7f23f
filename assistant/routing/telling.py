"""Whether a message speaks, in so many words, of something else than a flow does. Pure.

"Cancel my order" is nearly "cancel my appointment" for a vector. What gives it away is a single word: nothing
that begins the flow has "order" in it, and several of the other texts have, one of which is about as near.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.routing.samples import NOTHING
from assistant.routing.signs import WISH, without_values
from knowledge.calibration import LANGUAGES
from knowledge.terms import fold, stem_words, stop_words, tokenise

if TYPE_CHECKING:
    from assistant.routing.fitting import Near

Said = tuple[frozenset[str], ...]  # each word in the forms that it is compared by
SHORTEST = 3  # letters of a word that tells anything
ENOUGH = 6  # examples of a flow, before what they never say means anything
NO_STRANGER = (-1.0, "")
OFTEN = 3  # texts that have a word, before it means anything


@lru_cache(maxsize=8192)  # the same examples are learned from again and again
def said(text: str) -> Said:
    """Its words but those that every message has, each by its stems in the languages that we know."""
    kept = WISH.sub(" ", fold(without_values(text)))
    empty = frozenset[str]().union(*map(stop_words, LANGUAGES))
    words = [word for word in tokenise(kept) if len(word) >= SHORTEST and word not in empty]
    return tuple(frozenset(stem_words([word], language)[0] for language in LANGUAGES) for word in words)


def forms(text: str) -> frozenset[str]:
    return frozenset[str]().union(*said(text))


def nearest_stranger(words: Said, flow: str, near: Near, likeness: np.ndarray) -> tuple[float, str]:
    """The nearest text that has a word of the message which nothing that begins the flow has: how near it is
    (-1: there is none), and its label. `likeness` is how near each text is. Words that have nothing in common
    with the flow's are another way of saying it, or another language."""
    own = near.owners == near.labels.index(flow)
    if own.sum() < ENOUGH:
        return NO_STRANGER
    known = frozenset[str]().union(*(near.words[at] for at in np.flatnonzero(own)))
    strange = [word for word in words if not word & known]
    if len(strange) == len(words):
        return NO_STRANGER
    nothing = [at for at, label in enumerate(near.labels) if label == NOTHING]
    others = np.flatnonzero(~own & ~np.isin(near.owners, nothing))
    having = [[at for at in others if near.words[at] & word] for word in strange]
    places = [at for one in having if len(one) >= OFTEN for at in one]
    nearest = max(places, key=lambda at: likeness[at], default=None)
    return NO_STRANGER if nearest is None else (float(likeness[nearest]), near.labels[near.owners[nearest]])
