"""Which examples ask or answer nearly the same, and so must not be told apart by a split. Pure.

Questions are short: their words are compared, in whatever order they stand; long answers by what the
knowledge compares articles with. Whoever shares a conversation, a question or an answer is of one group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.cleaning.duplicates import find_duplicates
from knowledge.cleaning.duplicates import fingerprint as said_in
from knowledge.terms import tokenise

NEAR = 88  # of 100: "when is my parcel here" and "when is my parcel going to be here" are
AT_ONCE = 500  # questions that are compared with all others


@dataclass(frozen=True)
class Compared:
    """`answer`: "" where it is no text of its own, such as a refusal."""

    conversation: str
    question: str
    answer: str


class Groups:
    """Numbers put together; each group goes by its lowest one."""

    def __init__(self, size: int) -> None:
        self._of = list(range(size))

    def find(self, at: int) -> int:
        while self._of[at] != at:
            self._of[at] = self._of[self._of[at]]
            at = self._of[at]
        return at

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._of[high] = low

    def all(self) -> list[int]:
        return [self.find(at) for at in range(len(self._of))]


def key_of(text: str) -> str:
    """Equal for the same words in the same order, whatever their capitals, accents and signs."""
    return " ".join(tokenise(text))


def groups_of(examples: Sequence[Compared]) -> list[int]:
    """The group of each."""
    groups = Groups(len(examples))
    for one, other in _alike(examples):
        groups.join(one, other)
    return groups.all()


def _alike(examples: Sequence[Compared]) -> Iterator[tuple[int, int]]:
    yield from _of_equal_marks([example.conversation for example in examples])
    yield from near([example.question for example in examples])
    answers = [example.answer for example in examples]
    yield from _of_equal_marks([_mark(answer) for answer in answers])
    yield from ((at, twin.of) for at, twin in find_duplicates(answers).items())


def _mark(text: str) -> str:
    return said_in(text).hex() if key_of(text) else ""


def _of_equal_marks(marks: Iterable[str]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for at, mark in enumerate(marks):
        if mark:
            yield at, first.setdefault(mark, at)


def near(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs whose words are nearly the same. Equal texts are compared once."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        if words := " ".join(sorted(tokenise(text))):
            places[words].append(at)
    different = list(places)
    for begin in range(0, len(different), AT_ONCE):
        part = different[begin : begin + AT_ONCE]
        alike = process.cdist(part, different, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
        for row, column in zip(*np.nonzero(alike), strict=True):
            yield places[part[int(row)]][0], places[different[int(column)]][0]
    for same in places.values():
        yield from ((same[0], other) for other in same[1:])
