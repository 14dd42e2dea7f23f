"""One of a few choices: by its name, its place in the list, a synonym, a word that only it has, or nearly."""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said, refused
from flows.slots.naming import (
    Mention,
    Names,
    mentions,
    names_of,
    nearest,
    without_fillers,
    words_of_their_own,
)
from flows.slots.numerals import in_digits
from flows.slots.tables import patterns

PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}
SHORTEST = 3  # letters of a name that a sentence may hold by itself


def read(said: Said) -> Reading:
    names = names_of(said.slot, said.languages)
    short = without_fillers(said.folded)
    exact = {name.choice for name in names if name.folded in (said.folded, short)}
    if len(exact) == 1:
        return Reading(exact.pop())
    if patterns("choices", "any").fullmatch(said.folded):
        return refused("ambiguous")
    return (
        _by_place(said, short, names)
        or _by_name(said, names)
        or _by_a_word_of_its_own(said, names)
        or _nearly(said, short, names)
        or refused()
    )


def find(said: Said) -> Any:
    """Only the whole name of just one choice, which is not refused."""
    names = names_of(said.slot, said.languages, values=False)
    found = [one for one in _told(said, names) if not one.negated]
    chosen = {one.name.choice for one in found if len(one.name.folded) >= SHORTEST}
    return chosen.pop() if len(chosen) == 1 else None


def _told(said: Said, names: Names) -> list[Mention]:
    return mentions(said.folded, names, said.languages)


def _by_place(said: Said, short: str, names: Names) -> Reading | None:
    """ "the second one", "2". Not where the names have figures: there "2" is a name, or nearly."""
    numbered = in_digits(short, said.languages[0])
    found = next((match for text in (said.folded, short, numbered)
                  if (match := patterns("choices", "position").fullmatch(text))), None)  # fmt: skip
    if found is None:
        return None
    name, words = next(
        (name.removesuffix("_fr"), words) for name, words in found.groupdict().items() if words
    )
    if name == "digits" and any(any(letter.isdigit() for letter in one.folded) for one in names):
        return None
    place = int(words) - 1 if name == "digits" else PLACES[name]
    choices = said.slot.choices
    return Reading(choices[place].value) if -1 <= place < len(choices) and choices else refused()


def _by_name(said: Said, names: Names) -> Reading | None:
    found = _told(said, names)
    chosen = {one.name.choice for one in found if not one.negated}
    if len(chosen) == 1:
        return Reading(chosen.pop())
    if chosen:
        return refused("ambiguous")
    return _left_over(said, {one.name.choice for one in found}) if found else None


def _left_over(said: Said, refusals: set[str]) -> Reading:
    """ "not the blue one", of two: then it is the other, probably."""
    left = [choice.value for choice in said.slot.choices if choice.value not in refusals]
    return Reading(left[0], sure=False) if len(left) == 1 else refused("ambiguous" if left else "not_a_value")


def _by_a_word_of_its_own(said: Said, names: Names) -> Reading | None:
    """ "it is too big", of "Too small" and "Too big". Two such words are no accident."""
    found = mentions(said.folded, words_of_their_own(names, SHORTEST), said.languages)
    chosen = {one.name.choice for one in found if not one.negated}
    if len(chosen) == 1:
        words = {one.name.folded for one in found if not one.negated}
        return Reading(chosen.pop(), sure=len(words) > 1)
    if chosen:
        return refused("ambiguous")
    return _left_over(said, {one.name.choice for one in found}) if found else None


def _nearly(said: Said, short: str, names: Names) -> Reading | None:
    """Mistyped: a name, or else a word that only one of them has."""
    choice, sure, why = nearest(short, names)
    if not choice and not why:
        choice, _, why = nearest(short, words_of_their_own(names, SHORTEST + 2))
        sure = False
    if choice and patterns("choices", "negation").search(said.folded):
        return _left_over(said, {choice})
    return refused(why) if why else Reading(choice, sure=sure) if choice else None
