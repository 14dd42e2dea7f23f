"""The sentences of an answer that say something of the matter. No model is asked, and no table read.

Courtesies, questions back, offers and lines that only announce what follows rest on nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext, override

from assistant.citations import MARK
from assistant.evidence import facts_in, is_harmless, stems_of
from assistant.phrases import PHRASES
from assistant.units import Unit, split_units
from knowledge.terms import fold, tokenise

LONGEST_LEAD = 8  # words that tell, of a line that only announces


def stems_in(**words: str) -> frozenset[str]:
    """Of the words of each language, by its code."""
    return frozenset(stem for language, said in words.items() for stem in stems_of(said, language))


OFFERS = stems_in(
    en="would like talk person colleague put question words help welcome sorry glad anything else",
    fr="souhaitez parler personne collègue poser question autrement aider prie désolé autre chose",
)
# Courtesies of any length; what comes after a "but" is said.
COURTESY = re.compile(
    r"^\W*(?:(?:thank you|thanks|many thanks)\b|i hope\b|good question"
    r"|(?:that is|that's|what) a (?:very |really )?(?:good|great) question"
    r"|(?:i am|i'm|we are|we're) (?:so |very |really )?sorry\b|(?:i|we) apologi[sz]e"
    r"|i (?:fully |completely |do |can )?understand\b|(?:please )?(?:do not|don't) hesitate|feel free\b"
    r"|we (?:would|will|are) be (?:delighted|happy|glad)|have a (?:nice|good|great|lovely)|see you\b"
    r"|merci (?:beaucoup|bien|encore|d'avance|(?:de|pour) (?:votre|vos|l'))|j'espere\b|je comprends\b"
    r"|(?:c'est une )?(?:tres )?bonne question|toutes nos excuses"
    r"|(?:je suis|nous sommes) (?:vraiment |sincerement |tres )?desolee?s?\b"
    r"|(?:n'hesitez|et n'hesitez) (?:surtout )?pas|(?:nous serons|nous serions) (?:tres )?(?:ravis|heureux)"
    r"|(?:je|nous) vous souhait\w+|(?:tres )?bonne (?:journee|soiree|continuation)|a bientot\b)"
)
GIVES_BACK = re.compile(
    r"^\W*(?:you (?:ask|asked|are asking|would like|want|wanted|wish)\b|(?:about )?your question\b"
    r"|(?:regarding|concerning|as for)\b|vous (?:me )?(?:demandez|souhaitez|voulez|aimeriez|desirez)\b"
    r"|(?:a propos de |concernant )?votre question\b|(?:concernant|quant a)\b)"
)
WONDERING = stems_in(
    en="like want know ask asked asking wondering question about regarding wish concerning",
    fr="souhaitez voulez aimeriez savoir demandez demander question concernant propos quant",
)
BUT = re.compile(r"\b(?:but|however|mais|cependant|toutefois)\b|[;:]")
NUMBERED = re.compile(r"^\d+[.)]\s*")
FRAMES = ("unmentioned", "read_as")  # what the product says of the question, not of the matter


def units_of(text: str) -> list[Unit]:
    """Each sentence, item and row once."""
    return [unit for unit in split_units(MARK.sub("", text)) if unit.kind != "list"]


def claims_in(said: str, language: str, question: str = "") -> list[Unit]:
    """Those that have to rest on something."""
    heads = {
        NUMBERED.sub("", line.strip("*# "))
        for line in MARK.sub("", said).splitlines()
        if _is_head(line.strip())
    }
    return [
        unit
        for unit in units_of(said)
        if any(map(str.isalpha, unit.plain))
        and NUMBERED.sub("", unit.plain) not in heads
        and not says_nothing(unit.plain, language, question)
    ]


def _is_head(line: str) -> bool:
    """A line in bold and nothing else stands above something."""
    return len(line) > 4 and line.startswith("**") and line.endswith("**") and "**" not in line[2:-2]


def says_nothing(sentence: str, language: str, question: str = "") -> bool:
    """Of the matter: it greets, offers, announces, or gives the question back."""
    if is_harmless(sentence, language) or any(
        frame.search(sentence) for frame in _frames(language.partition("-")[0])
    ):
        return True
    folded, stems = fold(sentence), stems_of(sentence, language)
    if not facts_in(sentence) and COURTESY.match(folded) and not BUT.search(folded):
        return True
    new = stems - stems_of(question, language)
    if not facts_in(sentence) <= facts_in(question):
        return False
    if GIVES_BACK.match(folded) and new <= WONDERING or _stands_in(folded, fold(question)):
        return True
    if sentence.rstrip().endswith(":"):
        return len(new) <= LONGEST_LEAD
    return stems <= OFFERS


def _stands_in(sentence: str, question: str) -> bool:
    """Word for word, so that it only says the question again."""
    words = " ".join(tokenise(sentence))
    return words.count(" ") >= 2 and f" {words} " in f" {' '.join(tokenise(question))} "


@lru_cache(maxsize=8)
def _frames(language: str) -> list[re.Pattern[str]]:
    with override(language):
        worded = [gettext(PHRASES[name]) for name in FRAMES]
    return [re.compile(r"\s+".join(map(re.escape, one.partition("%")[0].split()))) for one in worded]
