"""Which questions are held out, and which are asked together: nothing that is asked was learned in other
words. Pure.

Questions with a right article in common, and those whose words are nearly the same, are one group: a group is
learned from or asked, never both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Sequence

import numpy as np

FOLDS = 5
ONE_IN = 5
LEAST_HELD_OUT = 20  # questions, below which nothing can be told (training.apart.ENOUGH); but at most a half
NEARLY_THE_SAME = 0.9  # without what all texts share
AT_ONCE = 500


def groups_of(texts: Sequence[str], articles: Sequence[Iterable[Hashable]], vectors: np.ndarray) -> list[int]:
    """A number for each question, the same for those that belong together."""
    leader = list(range(len(texts)))
    first: dict[tuple[str, Hashable], int] = {}
    for at, (text, own) in enumerate(zip(texts, articles, strict=True)):
        for sign in [("text", _plain(text)), *(("article", article) for article in own)]:
            _join(leader, first.setdefault(sign, at), at)
    for one, other in _nearly_the_same(vectors):
        _join(leader, one, other)
    return [_leader(leader, at) for at in range(len(texts))]


def _nearly_the_same(vectors: np.ndarray) -> Iterator[tuple[int, int]]:
    if not len(vectors):
        return
    around = vectors - vectors.mean(axis=0)
    units = around / np.maximum(np.linalg.norm(around, axis=1, keepdims=True), 1e-9)
    for start in range(0, len(units), AT_ONCE):
        near = np.argwhere(units[start : start + AT_ONCE] @ units.T >= NEARLY_THE_SAME)
        yield from ((start + int(one), int(other)) for one, other in near if other > start + one)


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_leader(leader, one), _leader(leader, other)))
    leader[second] = first


def held_out(texts: Sequence[str], groups: Sequence[int], answerable: np.ndarray) -> np.ndarray:
    """True for about a fifth of each kind, whole groups: those that have the text with the lowest hash, so
    that they are the same from training to training. Of few questions more, so that something can be told."""
    share = max(1 / ONE_IN, min(0.5, LEAST_HELD_OUT / max(1, len(texts))))
    members: dict[int, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    ordered = sorted(members.values(), key=lambda places: min(_number(texts[at]) for at in places))
    out = np.zeros(len(texts), dtype=bool)
    for kind in (True, False):
        wanted = share * int((answerable == kind).sum())
        for places in ordered:
            own = [at for at in places if answerable[at] == kind]
            if own and bool(answerable[places[0]]) == kind and (out & (answerable == kind)).sum() < wanted:
                out[places] = True
    return out


def folds_of(texts: Sequence[str], groups: Sequence[int], answerable: np.ndarray) -> np.ndarray:
    """The fold of each question, whole groups: each goes where fewest of its kind are, the largest first."""
    members: dict[int, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    fold = np.zeros(len(texts), dtype=int)
    filled = np.zeros((FOLDS, 2))
    for places in sorted(members.values(), key=lambda own: (-len(own), _number(texts[own[0]]))):
        kinds = np.bincount(answerable[places].astype(int), minlength=2)
        where = int(np.argmin((filled * kinds).sum(axis=1)))
        filled[where] += kinds
        fold[places] = where
    return fold


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _number(text: str) -> bytes:
    return hashlib.blake2b(_plain(text).encode(), digest_size=8).digest()
