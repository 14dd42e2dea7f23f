"""Whether an answer says otherwise what was said before, without saying that it does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import OPENING, stems_of
from evaluation.judging.senses import OPPOSITES, signs
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.verdicts import Because
from evaluation.otherwise import said_otherwise
from evaluation.turned import Turned
from knowledge.terms import fold, tokenise

FEWEST = 3  # stems, from which the sense of a clause is held against what was said
SHARED = 0.85  # of the clause
OF_ONE_MATTER, FEWEST_OF_ONE = 0.5, 2  # the same beside words that cannot both be true
CLAUSE = re.compile(r"[,;:] |(?:, )?\b(?:and|but|et|mais) ")
# Whoever says that it was wrong takes it back as one should.
PUT_RIGHT = re.compile(
    r"\b(?:correct myself|i was (?:wrong|mistaken)|(?:my|a) mistake|i misspoke|what i said (?:before|earlier)"
    r"|je me suis trompee?|je (?:me )?corrige|je rectifie|une erreur de ma part|mon erreur"
    r"|contrairement a ce que j'ai dit|contrary to what i said)\b"
)
OPPOSED = frozenset(word for pair in OPPOSITES for side in pair for word in side)


def taken_back(said: str, before: Sequence[Turned], language: str) -> list[Because]:
    if PUT_RIGHT.search(fold(said)):
        return []
    earlier = [unit.plain for turn in before for unit in claims_in(turn.said, language, turn.words)]
    for line in earlier:
        if against := said_otherwise(line, said, language):
            return [Because("contradicts", {"before": line, "found": against})]
        for unit in (unit.plain for unit in units_of(said)):
            if any(_against(line, clause, language) for clause in _clauses(unit)):
                return [Because("contradicts", {"before": line, "found": unit})]
    return []


def _clauses(sentence: str) -> Iterator[str]:
    yield sentence
    pieces = [one for one in CLAUSE.split(sentence) if one.strip()]
    if len(pieces) > 1:
        yield from pieces


def _against(line: str, clause: str, language: str) -> bool:
    """The same with another sense; or with open for closed, or another figure."""
    if clause.rstrip().endswith("?"):
        return False
    there, own = stems_of(line, language), stems_of(OPENING.sub("", clause.strip(), count=1), language)
    shared = len(own & there)
    if len(own) >= FEWEST and shared >= SHARED * len(own):
        return signs(line) != signs(clause) or bool(said_otherwise(line, clause, language))
    return _opposed(line, clause, language)


def _opposed(line: str, clause: str, language: str) -> bool:
    one, other = frozenset(tokenise(fold(line))), frozenset(tokenise(fold(clause)))
    if signs(line) != signs(clause):
        return False
    if not any((one & a and other & b) or (one & b and other & a) for a, b in OPPOSITES):
        return False
    there, own = (
        stems_of(" ".join(word for word in tokenise(text) if fold(word) not in OPPOSED), language)
        for text in (line, clause)
    )
    shared = len(own & there)
    return shared >= FEWEST_OF_ONE and shared >= OF_ONE_MATTER * len(own)
