"""What conversations with persons teach: questions of customers with the answers that they were given. Pure.

A candidate is for a member of staff to read, never published by itself. Small talk is taken off, personal
data is replaced, and an answer that speaks of one customer's own order says so (`specific`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from knowledge.cleaning import small_talk as talk
from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import redact
from knowledge.cleaning.visible import clean_markdown
from knowledge.language import detect_language
from knowledge.loaders.base import Conversation, Place, Said
from knowledge.terms import content_words

USUAL = Rules(frozenset(["personal"]), personal="redact")
LEAST_WORDS, LEAST_ASKED = 4, 2  # of an answer; of a question, those with a meaning of their own
LONGEST_QUESTION, LONGEST_ANSWER = 500, 4000  # characters
HELPERS = ("agent", "bot")
REFUTED = -2  # the customer said that it did not help
# Numbers of orders, parcels and customers. Prices, years and opening hours are shorter or have signs in them.
NUMBER = re.compile(r"(?<![\w.,€$£])#?(?=[A-Z\d-]*\d{4})[A-Z]{0,4}-?\d{5,}(?:-\d+)*(?![\w€%]|[.,]\d)")
NUMBER_SAID = {"en": "[number]", "fr": "[numéro]"}
OWN = re.compile(
    r"\b(?:your (?:order|parcel|package|refund|shipment|delivery|payment|return|account|subscription|request)"
    r" (?:#|number|no|was|has|is (?:currently|now|still|being|on its|in|out)|will (?:arrive|be delivered))"
    r"|i (?:have|'ve|see that you)\b|i can see|it(?: has|'s) (?:been )?(?:shipped|sent|refunded|delivered)"
    r"|it is currently|for you now)|\bvotre (?:commande|colis|remboursement|livraison|paiement|retour|compte"
    r"|abonnement|demande)"
    r" (?:n°|numéro|a (?:été|bien)|est (?:en|bien|actuellement|parti|arriv)|sera livr|vient)|\b(?:j'ai"
    r"|je vois|je viens de)\b",
    re.IGNORECASE,
)
NAME_ASKED = re.compile(
    r"\b(?:your (?:full )?name|votre nom|vos nom|nom et prénom|who am i (?:speaking|chatting))\b",
    re.IGNORECASE,
)
NAME_GIVEN = re.compile(
    r"(?:(my name is|i am called|je m'appelle|mon nom est)|i am|i'm|it's|this is|je suis|c'est)?\s*"
    r"([^\W\d_]{2,20}(?:[ '-][^\W\d_]{2,20}){0,2})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """`by` is agent or bot; `worth` is higher when the customer was content; `specific`: about one order."""

    question: str
    answer: str
    place: Place
    by: str
    language: str
    worth: int = 0
    specific: bool = False
    conversation: str = ""


def candidates(conversation: Conversation, rules: Rules = USUAL) -> list[Candidate]:
    """In order. A question waits while the other side only greets, looks something up or asks back."""
    rules = replace(rules, personal="redact", names=rules.names | names_given(conversation.messages))
    found: list[Candidate | None] = []
    asked: list[str] = []
    turns = _turns(conversation.messages)
    for turn, after in pairwise([*turns, ()]):
        if turn[0].role == "customer":
            asked = _now_asked(asked, turn)
        elif asked and (answer := _answer(turn)):
            by = "agent" if any(said.role == "agent" for said in turn) else "bot"
            worth = _worth(conversation, turn, after)
            found.append(_candidate(conversation, asked, answer, by, worth, rules))
            asked = []
    return [candidate for candidate in found if candidate and candidate.worth > REFUTED]


def names_given(messages: Sequence[Said]) -> frozenset[str]:
    """What customers said when they were asked for their name, and its words."""
    names: set[str] = set()
    wanted = False
    for said in messages:
        if said.role == "customer":
            match = NAME_GIVEN.fullmatch(talk.bare(said.text)) if len(said.text) < 80 else None
            told = match and (wanted or match[1])
            names.update([match[2].strip(), *match[2].split()] if match and told else [])
        wanted = (
            bool(NAME_ASKED.search(said.text)) if said.role in HELPERS else wanted and said.role == "system"
        )
    return frozenset(name for name in names if len(name) > 2)


def _turns(messages: Sequence[Said]) -> list[tuple[Said, ...]]:
    """What one side says in a row; system messages are nobody's."""
    said = [
        message for message in messages if message.role in ("customer", *HELPERS) and message.text.strip()
    ]
    return [tuple(turn) for _, turn in groupby(said, key=lambda message: message.role == "customer")]


def _now_asked(asked: list[str], turn: Sequence[Said]) -> list[str]:
    """The open question after this has been said; details that were asked for do not become part of it."""
    said = _said(turn, talk.GREETING, talk.THANKS)
    if asked:
        return asked + [sentence for sentence in said if talk.asks(sentence) and sentence not in asked]
    return said if len(content_words(" ".join(said), "")) >= LEAST_ASKED else []


def _answer(turn: Sequence[Said]) -> list[str]:
    """What is left without small talk and questions back; nothing if that says too little."""
    said = _said(turn, talk.GREETING, talk.THANKS, talk.WAITING)
    told = [
        sentence
        for sentence in said
        if not sentence.endswith("?") and not talk.WANTS_TO_KNOW.search(sentence)
    ]
    return told if len(" ".join(told).split()) >= LEAST_WORDS else []


def _said(turn: Sequence[Said], *small: re.Pattern[str]) -> list[str]:
    lines = [sentence for said in turn for sentence in talk.sentences(clean_markdown(said.text))]
    return [talk.without_opening(sentence) for sentence in lines if not talk.is_talk(sentence, *small)]


def _worth(conversation: Conversation, turn: Sequence[Said], after: Sequence[Said]) -> int:
    worth = {True: 1, False: -1, None: 0}[conversation.resolved]
    if conversation.satisfaction is not None:
        worth += (conversation.satisfaction >= 4) - (conversation.satisfaction <= 2)
    worth += sum((said.rating > 0) - (said.rating <= 0) for said in turn if said.rating is not None)
    reply = [sentence for said in after for sentence in talk.sentences(said.text)]
    if any(talk.is_talk(sentence, talk.UNHELPED) for sentence in reply):
        return worth + REFUTED
    return worth + any(talk.GRATEFUL.search(sentence) for sentence in reply)


def _candidate(
    conversation: Conversation, asked: list[str], answer: list[str], by: str, worth: int, rules: Rules
) -> Candidate | None:
    question, told = _short(asked, LONGEST_QUESTION), _short(answer, LONGEST_ANSWER)
    language = conversation.language or detect_language(f"{question} {told}", rules.languages, "en")
    specific = bool(NUMBER.search(told) or OWN.search(told))
    question, told = (_without_persons(text, rules, language) for text in (question, told))
    if not any(map(str.isalpha, question)):
        return None
    return Candidate(
        question, told, conversation.place, by, language, worth, specific, conversation.external_id
    )


def _without_persons(text: str, rules: Rules, language: str) -> str:
    text, _ = redact(text, rules, language)
    return NUMBER.sub(NUMBER_SAID.get(language.split("-")[0], NUMBER_SAID["en"]), text)


def _short(sentences: Sequence[str], most: int) -> str:
    """As many whole sentences as fit; the first in any case."""
    text = sentences[0][:most]
    for sentence in sentences[1:]:
        if len(text) + len(sentence) < most:
            text = f"{text} {sentence}"
    return text
