"""Whether an answer asks for what the customer has given already, or refuses what was offered to choose.
Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import stems_of
from evaluation.judging.sentences import stems_in
from evaluation.judging.verdicts import Because
from evaluation.turned import Turned
from evaluation.wording import plain
from knowledge.terms import fold

# What can be asked for, and how it looks where it was given. Folded.
GIVEN = {
    "email": (
        re.compile(r"\be-?mail address\b|\badresse e-?mail\b|\byour e-?mail\b|\bvotre e-?mail\b"),
        re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    ),
    "order": (
        re.compile(
            r"\border number\b|\bnumber of (?:the|your) order\b|\bwhich order\b"
            r"|\bnumero de (?:la |votre )?commande\b|\bquelle commande\b"
        ),
        re.compile(r"\b[a-z]{1,4}-?\d{4,}\b|\b\d{6,}\b"),
    ),
    "phone": (
        re.compile(r"\b(?:tele)?phone number\b|\bnumero de telephone\b"),
        re.compile(r"\+?\d(?:[ .-]?\d){8,13}"),
    ),
    "postcode": (
        re.compile(r"\b(?:post(?:al )?code|zip(?: code)?|code postal)\b"),
        re.compile(r"(?<![\w-])\d{4,5}(?![\w-])"),
    ),
    "name": (
        re.compile(r"\b(?:what is|may i have|give me|tell me) your (?:full )?name\b|\bvotre nom\b"),
        re.compile(r"\b(?:my name is|je m'appelle|mon nom est) [a-z]+"),
    ),
}
ASKS = re.compile(
    r"[^.!?\n]*\?|(?:\b(?:give|tell|send) (?:me|us)|\b(?:donnez|indiquez|envoyez)-(?:moi|nous))\b[^.!?\n]*"
)
EITHER = re.compile(r"\b([A-ZÀ-Ý][\w-]+),? (?:or|ou) ([A-ZÀ-Ý][\w-]+)")
# It may be asked for again where it led to nothing, or where something else is meant.
LED_TO_NOTHING = re.compile(
    r"\b(?:(?:do|does|did|could|can) ?not (?:find|match|see)|cannot find|no order|no such|once more|check"
    r"|verify|wrong|invalid|mistyped|another|also|too|as well|is not|taken"
    r"|ne (?:trouve|correspond|figure|connais)\w*|aucune? (?:commande|compte)|introuvable|verifi\w+"
    r"|encore une fois|a nouveau|incorrecte?|erronee?|autre|egalement|aussi|pris)\b"
)
NOT_UNDERSTOOD = re.compile(
    r"\b(?:(?:did|do) ?n[o']t (?:quite )?understand|not sure (?:what|that i)|what do you mean|none of the"
    r"|not one (?:that|of)|is not (?:a|an|one of the) (?:valid|possible)|cannot help with that"
    r"|could not find an answer|choose one of|other words"
    r"|pas (?:bien )?compris|pas sure? de comprendre|que voulez-vous dire"
    r"|n'est pas une? \w+ (?:possible|valable)"
    r"|ne fait pas partie|ne peux pas vous aider|pas trouve de reponse|choisissez l'une?|autrement)\b"
)
BESIDE = stems_in(
    en="could tell give please need know mean like want would",
    fr="pourriez donner dire indiquer besoin savoir parler souhaiter vouloir s'agir",
)


def asked_again(said: str, before: Sequence[Turned], last: Turned, language: str) -> list[Because]:
    """In `before` stands what was said until the question; `last` has the question too."""
    if refused := _refused(said, before, last):
        return refused
    told = [turn.words for turn in (*before, last)]
    asked = " ".join(match[0] for match in ASKS.finditer(said))
    if not asked.strip() or LED_TO_NOTHING.search(fold(said)):
        return []
    return _given(asked, told) or _one_of_two(asked, told) or _settled(asked, before, language)


def _refused(said: str, before: Sequence[Turned], last: Turned) -> list[Because]:
    """A button that was offered just now, and is not understood when it is pressed."""
    offered = before[-1] if before else None
    if offered is None or plain(last.words) not in {plain(label) for label in offered.options}:
        return []
    same = {plain(one) for one in _questions(said)} & {plain(one) for one in _questions(offered.said)}
    if last.outcome == "declined" or NOT_UNDERSTOOD.search(fold(said)) or same:
        return [Because("refused_label", {"found": last.words})]
    return []


def _questions(said: str) -> list[str]:
    return re.findall(r"[^.!?\n]*\?", said)


def _given(asked: str, told: Sequence[str]) -> list[Because]:
    words = fold(" \n ".join(told))
    for wanted, looks in GIVEN.values():
        given = looks.search(words)
        if given and wanted.search(fold(asked)):
            return [Because("given_already", {"found": given[0]})]
    return []


def _one_of_two(asked: str, told: Sequence[str]) -> list[Because]:
    """ "Lyon or Nantes?" after the customer has said which."""
    for one, other in EITHER.findall(asked):
        said = [
            word for word in (one, other) if re.search(rf"\b{re.escape(fold(word))}\b", fold(" ".join(told)))
        ]
        if len(said) == 1:
            return [Because("given_already", {"found": said[0]})]
    return []


def _settled(asked: str, before: Sequence[Turned], language: str) -> list[Because]:
    """What was asked for, answered, and gone on from."""
    own = stems_of(asked, language) - BESIDE
    for turn, answered in zip(before, before[1:], strict=False):
        was = stems_of(" ".join(_questions(turn.said)), language) - BESIDE
        went_on = stems_of(" ".join(_questions(answered.said)), language) - BESIDE
        if own and was and own <= was and not own <= went_on and not answered.words.rstrip().endswith("?"):
            return [Because("given_already", {"found": answered.words})]
    return []
