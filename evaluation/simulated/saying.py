"""How a simulated customer puts things: values within a few words, a slip now and then. Pure."""

from __future__ import annotations

import re
from random import Random

VALUES = {
    "en": ("{value}", "it's {value}", "{value} please", "that would be {value}"),
    "fr": ("{value}", "c'est {value}", "{value} s'il vous plaît", "ce serait {value}"),
}
CORRECTIONS = {
    "en": ("no sorry, it is {value}", "oh wait, {value}", "sorry, I meant {value}"),
    "fr": ("non pardon, c'est {value}", "ah non, {value}", "pardon, je voulais dire {value}"),
}
WORDS = {
    "en": {"unknown": "I don't know", "yes": "yes", "no": "no", "cancel": "forget it"},
    "fr": {"unknown": "je ne sais pas", "yes": "oui", "no": "non", "cancel": "laissez tomber"},
}
LONG_WORD = re.compile(r"(?<![\w@.-])[^\W\d_]{5,}(?![\w@.-])")
BARE = re.compile(r"[\w.+-]+@[\w.-]+|\S*\d\S*")  # addresses and numbers are typed as they are


def spoken(language: str) -> str:
    """The language whose words are used; English where there are none."""
    code = language.partition("-")[0]
    return code if code in WORDS else "en"


def word(name: str, language: str) -> str:
    return WORDS[spoken(language)][name]


def value_said(value: str, language: str, chance: Random) -> str:
    if BARE.fullmatch(value) and chance.random() < 0.5:
        return value
    return chance.choice(VALUES[spoken(language)]).format(value=value)


def corrected(value: str, language: str, chance: Random) -> str:
    return chance.choice(CORRECTIONS[spoken(language)]).format(value=value)


def with_slip(text: str, share: float, chance: Random) -> str:
    """In so many of a hundred messages two letters of a longer word change places."""
    places = list(LONG_WORD.finditer(text)) if chance.random() < share else []
    if not places:
        return text
    found = chance.choice(places)
    at = found.start() + chance.randrange(1, len(found.group()) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
