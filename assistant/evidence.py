"""Whether a sentence of a model is supported by the passages it cites: a deterministic check.

Facts are strict: every number, address and link must stand in the passage. Words are lenient, since a model
may paraphrase, but a sentence that says the opposite of the one it rests on is refused. Across languages
meaning is compared instead of words (meaning.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.units import quotable
from knowledge.chunking import plain_text, sentence_spans
from knowledge.terms import content_words, stem_words, tokenise

LEAST_SHARED = 0.5  # of a sentence's content words must stand in the passage
NEARLY_THE_SAME = 0.7  # shared words from which the sense of two sentences is compared
LONGEST_LEAD = 6  # content words of a line that only announces what follows
OPENING = re.compile(r"(?:of course|sure|certainly|yes|no|oui|non|bien s[uû]r|voici|here)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f'’,.]\d{3})+(?!\d)|\d+")
ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<>()\[\]\"']+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
SPELLED = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    )
    for number, word in enumerate(words.split())
}
SPELLED |= {"une": "1", "twenty": "20", "vingt": "20", "thirty": "30", "trente": "30", "sixty": "60"}
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "cannot",
        "none",
        "without",
        "neither",
        "nor",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "sans",
        "ni",
        "t",
    ]
)


# A sentence is held against every passage, and popular passages come back with every question about them.
REMEMBERED = 2048


@lru_cache(REMEMBERED)
def facts_in(text: str) -> frozenset[str]:
    """Numbers in digits without separators, and addresses in lower case."""
    addresses = {found.rstrip(".,;:!?").lower() for found in ADDRESS.findall(text)}
    numbers = {re.sub(r"\D", "", found) for found in NUMBER.findall(ADDRESS.sub(" ", text))}
    return frozenset(addresses | {number.lstrip("0") or "0" for number in numbers})


@dataclass(frozen=True)
class Claim:
    """A sentence that cites a passage (counted from 1) in another language."""

    sentence: str
    passage: int


@dataclass(frozen=True)
class Evidence:
    """A passage as the check reads it; `title` and headings count as part of it."""

    text: str
    language: str
    title: str = ""

    @cached_property
    def facts(self) -> frozenset[str]:
        said = f"{self.title} {self.text}"
        return facts_in(said) | {SPELLED[word] for word in tokenise(said) if word in SPELLED}

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems_of(f"{self.title} {self.text}", self.language)

    @cached_property
    def sentences(self) -> list[tuple[frozenset[str], bool]]:
        """The stems of each sentence, and whether it denies."""
        lines = plain_text(quotable(self.text)).splitlines()
        parts = [line[start:end] for line in lines for start, end in sentence_spans(line)]
        return [(stems_of(part, self.language), denies(part)) for part in parts]

    def has_facts_of(self, sentence: str, known: Set[str]) -> bool:
        """`known`: facts that the customer gave, which an answer may repeat."""
        return facts_in(sentence) <= self.facts | known

    def supports(self, sentence: str, language: str, known: Set[str]) -> bool:
        """Whether the passage, in the language of the sentence, says so."""
        if language != self.language or not self.has_facts_of(sentence, known):
            return False
        stems = stems_of(sentence, language)
        if not stems:
            return True
        return len(stems & self.stems) >= LEAST_SHARED * len(stems) and not self._contradicts(sentence, stems)

    def supports_when_cited(self, sentence: str, language: str, known: Set[str]) -> bool:
        """The same for one that cites it: with a passage that makes no difference."""
        return False

    def denies(self, sentence: str) -> bool:
        """Whether it says the opposite, in the same language and nearly the same words."""
        return self._contradicts(sentence, stems_of(sentence, self.language))

    def _contradicts(self, sentence: str, stems: Set[str]) -> bool:
        """True when the nearest sentences, and they alone, have the opposite sense."""
        near = [
            denied for said, denied in self.sentences if len(stems & said) >= NEARLY_THE_SAME * len(stems)
        ]
        return bool(near) and denies(sentence) not in near


@lru_cache(REMEMBERED)
def stems_of(text: str, language: str) -> frozenset[str]:
    words = [word for word in content_words(text, language) if word not in NEGATIONS and not word.isdecimal()]
    return frozenset(stem_words(words, language))


def denies(text: str) -> bool:
    return not NEGATIONS.isdisjoint(tokenise(text))


def is_harmless(sentence: str, language: str) -> bool:
    """Words that claim nothing about the matter, such as "Of course!" or "Here are the steps:"."""
    if facts_in(sentence):
        return False
    stems = stems_of(sentence, language)
    if sentence.rstrip().endswith(":"):
        return len(stems) <= LONGEST_LEAD
    return not stems or (len(stems) == 1 and OPENING.match(sentence) is not None)


def supporters(sentence: str, evidence: Sequence[Evidence], language: str, known: Set[str]) -> list[int]:
    """The numbers (from 1) of the passages in the sentence's language that support it."""
    return [number for number, one in enumerate(evidence, 1) if one.supports(sentence, language, known)]
