"""Whether an answer says what it should, in whatever words: figures strictly, words leniently.

A line is conveyed by an answer when every number and address of the line stands there (or in the question),
nothing near it says the opposite or another figure (otherwise.py), and either nearly all its words are there,
or its meaning is. Sentences of
one language about one subject mean nearly the same whether Switzerland or France is delivered to, so meaning
alone proves nothing: names, and the word that tells the most or a figure, have to be there as well. What is
said in quite other words is not recognised; staff can say so (`corrections/deciding.accept`). Of 20 pairs
that say the same 13 are recognised, of 25 that do not none is: tests/evaluation/test_meaning.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from assistant.citations import MARK
from assistant.evidence import OPENING, Claim, Evidence, facts_in, stems_of
from assistant.meaning import borne_out
from chatbot.markdown import words_of
from evaluation.otherwise import said_otherwise
from knowledge.rarity import rarity_of
from llm.clients import own_loop

SHARED = 0.75  # of what a line's words tell, from which they are the same words
FIGURE = re.compile(r"\d+(?:[.,'’\u00a0\u202f]\d+)*")
NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Ý][\w’'-]+")  # a capital inside a sentence


def conveyed(lines: Sequence[str], said: str, language: str, question: str = "") -> frozenset[str]:
    """Those of `lines` that `said` (Markdown) conveys."""
    if not lines:
        return frozenset()
    known, answer = facts_in(question), Evidence(words_of(MARK.sub("", said)), language)
    possible = [line for line in lines if answer.has_facts_of(line, known) and not answer.denies(line)]
    stems = {line: stems_of(OPENING.sub("", line), language) for line in possible}
    rarity = rarity_of(frozenset().union(*stems.values()))
    possible = [line for line in possible if not said_otherwise(line, said, language)]
    by_words = {line for line in possible if _share(stems[line], answer.stems, rarity) >= SHARED}
    named = {line: stems_of(" ".join(NAME.findall(line)), language) for line in possible}
    told = [
        line for line in possible
        if named[line] <= answer.stems
        and (facts_in(line) - known or _tells(stems[line], answer.stems, rarity))
    ]  # fmt: skip
    rest = [Claim(line, 1) for line in told if line not in by_words]
    return frozenset(by_words) | {claim.sentence for claim in _by_meaning(rest, answer)}


def missing_figures(lines: Sequence[str], said: str, language: str, question: str = "") -> list[str]:
    """Numbers of `lines`, as they are written there, that `said` (Markdown) does not give: without them no
    line is conveyed."""
    known = facts_in(question) | Evidence(words_of(MARK.sub("", said)), language).facts
    written = dict.fromkeys(figure for line in lines for figure in FIGURE.findall(line))
    return [figure for figure in written if not facts_in(figure) <= known]


def _share(line: Set[str], answer: Set[str], rarity: dict[str, float]) -> float:
    """Of what the words of the line tell, how much the words of the answer do."""
    all_of_it = sum(rarity[stem] for stem in line)
    return sum(rarity[stem] for stem in line & answer) / all_of_it if all_of_it else 1.0


def _tells(line: Set[str], answer: Set[str], rarity: dict[str, float]) -> bool:
    """Whether the rarest word of the line is there; of several, as a line has no order, all of them."""
    most = max((rarity[stem] for stem in line), default=0.0)
    return all(stem in answer for stem in line if rarity[stem] == most)


def _by_meaning(claims: Sequence[Claim], answer: Evidence) -> frozenset[Claim]:
    """In an event loop of its own, as whoever runs a scenario does with its replies."""
    if not claims:
        return frozenset()
    with own_loop() as runner:
        return runner.run(borne_out(claims, [answer]))
