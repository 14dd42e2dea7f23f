"""Where a text names one of a few choices: whole names by their stems, and names that are nearly there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import Stemmer
from rapidfuzz import fuzz

from flows.slot import Choice, Slot
from flows.slots.cleaning import clean, fold
from flows.slots.tables import patterns

NEAR = 80  # of 100: how near a mistyped name is
SURE = 90
_JOINED = re.compile(r"(?:and|or|nor|et|ou|ni)(?: (?:the|a|la|le|les))?")
MARGIN = 8  # by which it is nearer than any other choice
ALGORITHMS = {"en": "english", "fr": "french"}


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call a choice: its label in a language, its value or a synonym."""

    choice: str
    folded: str
    stems: tuple[str, ...]

    def alone(self, at: int) -> Name:
        """One word of it."""
        return replace(self, folded=self.folded.split(" ")[at], stems=(self.stems[at],))


@dataclass(frozen=True, slots=True)
class Mention:
    start: int  # in words
    end: int
    name: Name
    negated: bool


Names = Sequence[Name]


def names_of(slot: Slot, languages: Sequence[str], *, values: bool = True) -> Names:
    """Of all choices, in all languages. Their `values` are names too, but less than their labels."""
    told = dict.fromkeys(
        (choice.value, fold(clean(words)))
        for choice in slot.choices
        for words in _called(choice, values=values)
    )
    return [Name(value, folded, stemmed(folded, languages)) for value, folded in told if folded]


def _called(choice: Choice, *, values: bool) -> tuple[str, ...]:
    synonyms = tuple(one for lines in choice.synonyms.values() for one in lines)
    return ((choice.value,) if values or not choice.label else ()) + (*choice.label.values(), *synonyms)


def stemmed(folded: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Word for word, in the customer's language: "bleues" is "bleue". No stemmer is shared by threads."""
    algorithm = ALGORITHMS.get(languages[0], "english")
    return tuple(Stemmer.Stemmer(algorithm).stemWords(folded.split(" ")))


def mentions(folded: str, names: Names, languages: Sequence[str]) -> list[Mention]:
    """Where the whole of a name stands: of those that overlap the longest ("extra large", not "large")."""
    stems = stemmed(folded, languages)
    found = [
        (at, at + len(name.stems), name)
        for name in names
        for at in range(len(stems) - len(name.stems) + 1)
        if stems[at : at + len(name.stems)] == name.stems
    ]
    kept: list[tuple[int, int, Name]] = []
    for one in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
        if all(one[1] <= other[0] or one[0] >= other[1] or one[:2] == other[:2] for other in kept):
            kept.append(one)
    words, told = folded.split(" "), list[Mention]()
    for start, end, name in sorted(kept, key=lambda place: place[:2]):
        joined = told and told[-1].negated and _JOINED.fullmatch(" ".join(words[told[-1].end : start]))
        told.append(Mention(start, end, name, bool(joined) or _is_negated(words[:start])))
    return told


def words_of_their_own(names: Names, shortest: int) -> Names:
    """The words that only one choice has, as names of it."""
    owners: dict[str, set[str]] = {}
    for name in names:
        for stem in name.stems:
            owners.setdefault(stem, set()).add(name.choice)
    return [name.alone(at) for name in names for at, stem in enumerate(name.stems)
            if (len(stem) >= shortest or stem.isdecimal()) and len(owners[stem]) == 1]  # fmt: skip


def _is_negated(before: Sequence[str]) -> bool:
    text = " ".join(before[-6:])
    negation, between = (patterns("choices", part).pattern for part in ("negation", "between"))
    return re.search(rf"{negation}(?: {between})*$", text) is not None


def without_fillers(folded: str) -> str:
    """Without "I would like the … one, please"; the whole text where nothing would be left."""
    kept = " ".join(patterns("choices", "filler").sub(" ", folded).split())
    return kept or folded


def nearest(text: str, names: Names) -> tuple[str, bool, str]:
    """(The choice that is meant by mistyped words, whether that is sure, why there is none)."""
    best: dict[str, float] = {}
    for name in names:
        best[name.choice] = max(best.get(name.choice, 0.0), _nearness(text, name.folded))
    ranked = sorted(best.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < NEAR:
        return "", False, ""
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
        return "", False, "ambiguous"
    return ranked[0][0], ranked[0][1] >= SURE, ""


def _nearness(text: str, name: str) -> float:
    """Of the whole text, or of as many words of it as the name has."""
    if len(name) < 3 or len(text) < 3:
        return 0.0
    words, size = text.split(" ")[:40], name.count(" ") + 1
    windows = [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]
    return max(_ratios([text, *windows], name))


def _ratios(texts: Iterable[str], name: str) -> Iterable[float]:
    return (fuzz.ratio(text, name, score_cutoff=NEAR) for text in texts)
