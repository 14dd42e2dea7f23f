"""Which texts say the same: word for word, or nearly. Pure.

MinHash over runs of three words (Broder 1997), in numpy. A signature is bytes to be stored beside a
document; two documents that share one of its `bands` are worth comparing, and `likeness` compares them
exactly: the share of runs that both have, 0 to 1. Word order counts, language does not. Texts under
`SHORTEST` words are compared word for word.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from knowledge.cleaning.prose import ADDRESS
from knowledge.terms import tokenise

RUN = 3  # words
SHORTEST = 20  # words
ALIKE = 0.8
# 21 bands of 6 numbers: two texts of likeness .8 share a band with .997, of .7 with .92, of .5 with .28.
BANDS, ROWS = 21, 6
MOST_IN_BAND = 20  # a band that so many texts share tells nothing new

Hashes = NDArray[np.uint64]


def _odd_numbers(name: str, count: int) -> Hashes:
    """The same on every machine and with every version of numpy: signatures are stored."""
    digests = b"".join(blake2b(f"{name} {at}".encode(), digest_size=8).digest() for at in range(count))
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64) | np.uint64(1)


_FACTORS, _OFFSETS = _odd_numbers("factor", BANDS * ROWS), _odd_numbers("offset", BANDS * ROWS)
_ROW_FACTORS = _odd_numbers("row", ROWS)
_PLACES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


@dataclass(frozen=True)
class Reading:
    """A text as it is compared: its words, without accents, capitals, marks and addresses of links."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Reading:
        return cls(tuple(tokenise(ADDRESS.sub(" ", text))))

    def fingerprint(self) -> bytes:
        return blake2b(" ".join(self.words).encode(), digest_size=16).digest()

    def signature(self) -> bytes:
        runs = self.runs()
        if not len(runs):
            return b""
        # In parts: a book has many runs.
        parts = (runs[at : at + 4096] for at in range(0, len(runs), 4096))
        lowest = [((part[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)).min(axis=0) for part in parts]
        return np.min(lowest, axis=0).astype("<u4").tobytes()

    def runs(self) -> Hashes:
        """Its runs as sorted numbers without repetition; none for a short text."""
        if len(self.words) < SHORTEST:
            return np.empty(0, dtype=np.uint64)
        hashed = np.array([zlib.crc32(word.encode()) for word in self.words], dtype=np.uint64)
        ends = len(hashed) - RUN + 1
        return np.unique(sum(hashed[at : at + ends] * _PLACES[at] for at in range(RUN)))

    def likeness(self, other: Reading) -> float:
        if self.words == other.words:
            return 1.0
        runs, others = self.runs(), other.runs()
        if not len(runs) or not len(others):
            return 0.0
        both = len(np.intersect1d(runs, others, assume_unique=True))
        return both / (len(runs) + len(others) - both)


def fingerprint(text: str) -> bytes:
    """Equal for texts of the same words; 16 bytes."""
    return Reading.of(text).fingerprint()


def signature(text: str) -> bytes:
    """504 bytes; none for a short text."""
    return Reading.of(text).signature()


def likeness(one: str, other: str) -> float:
    """The share of runs of words that both have; 1 for equal texts, 0 for short ones that are not."""
    return Reading.of(one).likeness(Reading.of(other))


def bands(signed: bytes) -> list[int]:
    """Signed 64-bit numbers, as PostgreSQL's bigint holds them; none for a short text."""
    if not signed:
        return []
    rows = np.frombuffer(signed, dtype="<u4").astype(np.uint64).reshape(BANDS, ROWS)
    mixed = (rows + np.uint64(1)) * _ROW_FACTORS
    mixed = (mixed ^ (mixed >> np.uint64(29))).sum(axis=1, dtype=np.uint64)
    numbered = (mixed + np.arange(BANDS, dtype=np.uint64)) * _PLACES[
        0
    ]  # the same rows in another band differ
    return [int(number) for number in numbered.astype(np.int64)]


@dataclass(frozen=True)
class Twin:
    """What a text is a duplicate of: the key of a known text, or the number of an earlier one."""

    of: int
    known: bool
    likeness: float


class DuplicateIndex:
    """Fingerprints and bands in memory; a key is a number that names a text."""

    def __init__(self) -> None:
        self._exact: dict[bytes, int] = {}
        self._bands: dict[int, list[int]] = {}

    def add(self, key: int, exact: bytes, signed: bytes) -> None:
        self._exact.setdefault(exact, key)
        for band in bands(signed):
            keys = self._bands.setdefault(band, [])
            if len(keys) < MOST_IN_BAND:
                keys.append(key)

    def equal(self, exact: bytes) -> int | None:
        return self._exact.get(exact)

    def candidates(self, signed: bytes) -> list[int]:
        """Texts that may be near duplicates, those that share most bands first."""
        shared = Counter(key for band in bands(signed) for key in self._bands.get(band, ()))
        return [key for key, _ in shared.most_common(MOST_IN_BAND)]


def find_duplicates(
    texts: Sequence[str], known: Mapping[int, str] | None = None, least: float = ALIKE
) -> dict[int, Twin]:
    """Which texts are duplicates, by their numbers: of a known text first, then of the first of equals."""
    keys = list(known or {})
    everything = [*(known or {}).values(), *texts]
    index = DuplicateIndex()
    found: dict[int, Twin] = {}
    for at, text in enumerate(everything):
        reading = Reading.of(text)
        if not reading.words:
            continue
        exact, signed = reading.fingerprint(), reading.signature()
        other, like = -1, 0.0
        if at >= len(keys):
            other, like = _nearest(index, exact, signed, reading, everything)
        if like < least:
            index.add(at, exact, signed)
        elif other < len(keys):
            found[at - len(keys)] = Twin(keys[other], True, like)
        else:
            found[at - len(keys)] = Twin(other - len(keys), False, like)
    return found


def _nearest(
    index: DuplicateIndex, exact: bytes, signed: bytes, reading: Reading, texts: Sequence[str]
) -> tuple[int, float]:
    equal = index.equal(exact)
    if equal is not None:
        return equal, 1.0
    compared = [(reading.likeness(Reading.of(texts[key])), key) for key in index.candidates(signed)]
    like, key = max(compared, default=(0.0, -1), key=lambda pair: (pair[0], -pair[1]))
    return key, like
