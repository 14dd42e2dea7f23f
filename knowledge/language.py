"""In which of some languages a text is written: the assistant's, or those of the installation.

See docs/decisions/0004-language-detection.md for what was compared.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from knowledge.terms import stop_words, tokenise

# How many times likelier the conversation's language is before a word is read: settles "ok" and "wifi?".
HABIT = 2.0
# How many times likelier a language becomes by each of its little words ("mon", "the") that the others have
# not, where letters mislead ("cmt changer mon mdp"). Of 4,108 beginnings and ends of questions, of two to
# four words and against the page's language, 284 are mistaken instead of 413; of 693 whole ones 2.
LITTLE_WORD, MOST_LITTLE_WORDS = 4.0, 3
# Words that tell the language by themselves, where letters alone do not tell enough.
TELLING = {
    "en": frozenset(
        ["hello", "hi", "thanks", "thank", "please", "cancel", "refund", "order", "invoice", "yes"]
    ),
    "fr": frozenset(
        ["bonjour", "salut", "merci", "svp", "annuler", "facture", "commande", "livraison", "oui"]
    ),
}


def detect_language(text: str, languages: Sequence[str], fallback: str) -> str:
    """One of `languages` (codes such as "fr"); `fallback` when the text does not tell.

    A fallback that is none of them becomes the first.
    """
    if not languages:
        return fallback
    habitual = fallback if fallback in languages else languages[0]
    if len(languages) == 1 or not any(character.isalpha() for character in text):
        return habitual
    if telling := _told_by_words(text, languages):
        return telling
    scores = _likelihoods(text, tuple(sorted(languages)))
    words = tokenise(text)

    def likely(code: str) -> float:
        little = sum(word in _little_words(code, tuple(languages)) for word in words)
        habit = HABIT if code == habitual else 1.0
        return scores.get(_base(code), 0.0) * LITTLE_WORD ** min(little, MOST_LITTLE_WORDS) * habit

    return max(languages, key=likely)


@lru_cache(maxsize=64)
def _little_words(code: str, languages: tuple[str, ...]) -> frozenset[str]:
    """Words without a topic that only this one of the languages has."""
    others = [stop_words(_base(other)) for other in languages if _base(other) != _base(code)]
    return stop_words(_base(code)).difference(*others)


def _told_by_words(text: str, languages: Sequence[str]) -> str | None:
    """The language of a very short text, if one of its words belongs to that language alone."""
    words = set(tokenise(text))
    if len(words) > 2:
        return None
    told = [code for code in languages if words & TELLING.get(_base(code), frozenset())]
    return told[0] if len(told) == 1 else None


def _likelihoods(text: str, languages: tuple[str, ...]) -> dict[str, float]:
    return {code: float(score) for code, score in _identifier(languages).rank(text)}


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    """Half a second, once per process."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=32)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    known = {_base(code) for code in languages} & set(_model().labels)
    identifier = copy.copy(_model())
    identifier.set_languages(known)
    return identifier


def _base(code: str) -> str:
    return code.split("-")[0].lower()
