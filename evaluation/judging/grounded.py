"""Whether each sentence of an answer rests on a passage that it cites. Pure.

Figures, names and the opposite are looked at by rule; how much of the words stands there, and how near the
sentence comes by meaning, is weighed. What is said of several passages together is held against all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assistant.evidence import OPENING, facts_in, stems_of
from assistant.units import Unit
from evaluation.judging.figures import Part, figure_stands, figures_in, wrong_figure
from evaluation.judging.likeness import UNKNOWN, Likeness
from evaluation.judging.senses import opposite_of
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.verdicts import Because, OfSentence, Verdict
from evaluation.judging.weighing import GROUNDED, Features
from evaluation.wording import plain
from knowledge.terms import fold

NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Ý][\w’'-]+")
NEUTRAL = (
    1.0  # without vectors meaning speaks neither for nor against: about the mean of the labelled answers
)
QUOTED: Features = {"words": 1.0, "at_once": 1.0, "near": 1.0}


@dataclass(frozen=True)
class Held:
    """A passage as an answer is held against it; `number` 0 stands for several together (`of`), in whatever
    order they were cited."""

    number: int
    title: str
    text: str
    language: str
    of: tuple[Held, ...] = ()

    @cached_property
    def units(self) -> list[Unit]:
        return [unit for one in self.of for unit in one.units] if self.of else units_of(self.text)

    @cached_property
    def parts(self) -> list[Part]:
        return [Part.of(unit, self.language) for unit in self.units]

    @cached_property
    def pairs(self) -> list[tuple[Part, Part]]:
        """Those that follow one another in one passage."""
        return [pair for one in self.of for pair in one.pairs] if self.of else list(pairwise(self.parts))

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems_of(f"{self.title} {self.text}", self.language)

    @cached_property
    def words(self) -> tuple[str, ...]:
        if self.of:
            return tuple(words for one in self.of for words in one.words)
        return (plain(" ".join(unit.plain for unit in self.units)),)

    @cached_property
    def sayings(self) -> list[str]:
        """Its units, and two that follow one another."""
        return [*(part.text for part in self.parts), *(f"{a.text} {b.text}" for a, b in self.pairs)]


@dataclass(frozen=True)
class Known:
    """What is told of words and meaning: `rarity` of stems (1 where it is not known)."""

    rarity: Mapping[str, float] = field(default_factory=dict)
    likeness: Likeness = UNKNOWN

    def weight(self, stems: Set[str]) -> float:
        return sum(self.rarity.get(stem, 1.0) for stem in stems)


def together(passages: Sequence[Held]) -> list[Held]:
    """And, where there are several of one language, all of them as one."""
    if len(passages) < 2 or len({one.language for one in passages}) > 1:
        return list(passages)
    in_order = tuple(sorted(passages, key=lambda one: (one.title, one.text)))
    title, text = " ".join(one.title for one in in_order), "\n\n".join(one.text for one in in_order)
    return [*passages, Held(0, title, text, passages[0].language, in_order)]


def grounded(
    said: str, passages: Sequence[Held], language: str, question: str, known: Known
) -> tuple[Verdict, tuple[OfSentence, ...]]:
    claims = claims_in(said, language, question)
    if not claims:
        return Verdict(), ()
    if not passages:
        sentences = tuple(OfSentence(one.plain, False, 0.0, 0, (Because("no_passage"),)) for one in claims)
        return Verdict(False, 0.0, (Because("no_passage"),)), sentences
    held = together(passages)
    sentences = tuple(of_sentence(one, held, language, question, known) for one in claims)
    weakest = min(sentences, key=lambda one: one.score)
    because = weakest.because if not weakest.grounded else ()
    return Verdict(all(one.grounded for one in sentences), weakest.score, because), sentences


def of_sentence(
    claim: Unit, passages: Sequence[Held], language: str, question: str, known: Known
) -> OfSentence:
    """By the passage that bears most of it."""
    found = [(passage, *features(claim, passage, language, question, known)) for passage in passages]
    passage, told, because = max(found, key=lambda one: GROUNDED.score(one[1]))
    score = GROUNDED.score(told)
    met = GROUNDED.met(score) is True
    why = because or (Because("new", {"share": f"{100 * (1 - told['words']):.0f}"}),)
    return OfSentence(claim.plain, met, round(score, 3), passage.number, () if met else why)


def features(
    claim: Unit, passage: Held, language: str, question: str, known: Known
) -> tuple[Features, tuple[Because, ...]]:
    """What stands there word for word is taken for said; otherwise nothing that is said by rule may be
    amiss."""
    sentence, foreign = claim.plain, passage.language != language
    if stands_there(sentence, passage):
        return QUOTED, ()
    asked = facts_in(question) | figures_in(question)
    near = known.likeness.nearest(sentence, passage.sayings) if known.likeness.is_known else NEUTRAL
    figure = wrong_figure(sentence, passage.parts, language, asked, known.weight, foreign=foreign)
    opposite = "" if foreign else opposite_of(sentence, passage.parts, language, known.weight)
    name = "" if foreign else unknown_name(sentence, passage, question)
    because = [
        Because(code, {"found": found})
        for code, found in (("figure", figure), ("opposite", opposite), ("name", name))
        if found
    ]
    words, at_once = (0.0, 0.0) if foreign else shares(sentence, passage, language, question, known)
    told = {
        "words": words,
        "at_once": at_once,
        "near": near if near is not None and not foreign else 0.0,
        "near_foreign": near if near is not None and foreign else 0.0,
        "foreign": float(foreign),
        "figure": float(bool(figure)),
        "figure_stands": float(not figure and figure_stands(sentence, passage.parts, language, asked)),
        "opposite": float(bool(opposite)),
    }
    return told, tuple(because)


def stands_there(sentence: str, passage: Held) -> bool:
    """Word for word, as quotes do."""
    return any(plain(sentence) in words for words in passage.words)


def shares(sentence: str, passage: Held, language: str, question: str, known: Known) -> tuple[float, float]:
    """Of what its words tell, how much stands in the passage, and how much in one sentence there or two that
    follow one another: words from all over a passage are soon put together to what it does not say."""
    own = stems_of(OPENING.sub("", sentence, count=1), language)
    new = own - stems_of(question, language)
    whole, all_of_it = known.weight(new), known.weight(own)
    alone = [part.stems for part in passage.parts]
    both = [one.stems | other.stems for one, other in passage.pairs if one.kind == other.kind == "sentence"]
    most = max((known.weight(own & one) for one in (*alone, *both)), default=0.0)
    return (
        known.weight(new & passage.stems) / whole if whole else 1.0,
        most / all_of_it if all_of_it else 1.0,
    )


def unknown_name(sentence: str, passage: Held, question: str) -> str:
    """A capital inside the sentence that stands neither in the passage nor in the question."""
    there = fold(f"{passage.title} {passage.text} {question}")
    return next((name for name in NAME.findall(sentence) if fold(name) not in there), "")
