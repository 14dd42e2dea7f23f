"""An order number or the like, by the pattern that staff gave: "L-204117".

Customers type it in small letters, leave out the dash or put a space, and take O for 0. What is meant is what
fits the pattern then, and is given as the pattern has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from flows.patterns import find as first_fitting
from flows.patterns import find_all, fits
from flows.slots.base import Reading, Said, refused
from flows.slots.tables import patterns

LONGEST = 60
MOST_WORDS = 30  # that are tried together
MOST_SWAPS = 6  # letters that may be digits
DIGITS = {"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"}
_ATOMS = re.compile(
    r"\\\\|\\d|\[0-9\]|\\-|\[(?:\\.|[^\]\\])*\]|(?<=\w)-(?=[\w\\(\[])|(?<=[)\]}])-(?=[\w\\(\[])"
)
_DIGIT = r"(?:[\dOoIl|] ?)"
_DASH = r"(?: ?[-–—./_] ?| ?)"
# Without a pattern: letters and digits that stand together, or are announced.
_USUAL = re.compile(r"(?<![\w@.-])(?=[\w-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*(?![\w@])")


def read(said: Said) -> Reading:
    if not said.slot.pattern:
        return _unpatterned(said)
    code, sure = _code(said.slot.pattern, said.text)
    return Reading(code, sure=sure) if code else refused()


def find(said: Said) -> Any:
    """By its pattern only; without one, what mixes letters and digits or is called a number.

    A code of letters alone counts in its own case: to the pattern of six letters "cancel" is one, too.
    """
    if not said.slot.pattern:
        return _announced(said)
    code, _ = _code(said.slot.pattern, said.text)
    told = code in said.text or any(letter.isdigit() for letter in code)
    return code if code and told else None


def _code(pattern: str, text: str) -> tuple[str, bool]:
    found = _likeliest(pattern, find_all(pattern, text))
    if found:
        return _in_its_case(pattern, found.strip()), True
    loose = first_fitting(_ATOMS.sub(_loosened, pattern), text).strip()[:LONGEST]
    for code, swaps in _tries(pattern, loose) if loose else ():
        if fits(pattern, code):
            return code, swaps == 0
    joined = next((words for words in _joined_words(text) if fits(pattern, words)), "")
    return _in_its_case(pattern, joined), True


def _likeliest(pattern: str, found: Sequence[str]) -> str:
    """What is written as the pattern has it, else what has a digit, else the first: words may fit as well."""
    exact = [one for one in found if fits(pattern, one.strip(), whatever_case=False)]
    mixed = [one for one in found if any(letter.isdigit() for letter in one)]
    return next(iter([*exact, *mixed, *found]), "")


def _joined_words(text: str) -> Iterator[str]:
    """Two or three words as one: "ab 1234"."""
    words = text.split(" ")[:MOST_WORDS]
    for size in (2, 3):
        for at in range(len(words) - size + 1):
            yield "".join(words[at : at + size]).strip(".,;:!?")


def _loosened(found: re.Match[str]) -> str:
    """Digits may be typed as letters that look like them, dashes as something else or not at all."""
    atom = found[0]
    return {r"\d": _DIGIT, "[0-9]": _DIGIT, "-": _DASH, r"\-": _DASH}.get(atom, atom)


def _tries(pattern: str, loose: str) -> Iterator[tuple[str, int]]:
    """What may be meant by it, the least changed first: (the code, how many letters became digits)."""
    for form in dict.fromkeys(_spelt(pattern, loose)):
        letters = [at for at, letter in enumerate(form) if letter in DIGITS][:MOST_SWAPS]
        for size in range(len(letters) + 1):
            for places in combinations(letters, size):
                swapped = "".join(DIGITS[one] if at in places else one for at, one in enumerate(form))
                yield _in_its_case(pattern, swapped), size


def _spelt(pattern: str, loose: str) -> Iterator[str]:
    """Without spaces, and with a dash where the pattern has one."""
    closed = re.sub(r"[\s–—./_-]+", "", loose)
    yield closed
    yield re.sub(r"[\s–—./_-]+", "-", loose)
    if "-" in pattern:
        yield from (f"{closed[:at]}-{closed[at:]}" for at in range(1, len(closed)))


def _in_its_case(pattern: str, code: str) -> str:
    """In capitals or small letters where the pattern says so."""
    forms = (code.upper(), code, code.lower())
    return next((form for form in forms if fits(pattern, form, whatever_case=False)), code)


def _unpatterned(said: Said) -> Reading:
    found = list(dict.fromkeys(_USUAL.findall(said.text)))
    if len(found) > 1:
        announced = _announced(said)
        return Reading(announced, sure=False) if announced else refused("ambiguous")
    return Reading(found[0].upper() if len(found[0]) > 1 else found[0]) if found else refused()


def _announced(said: Said) -> str | None:
    found = [one for one in dict.fromkeys(_USUAL.findall(said.text)) if len(one) >= 4]
    named = patterns("codes", "called")
    told = [one for one in found if named.search(said.folded[: _place(one, said)])]
    mixed = [one for one in found if re.search(r"[A-Z]", one) and re.search(r"\d{2}", one)]
    return next((kept[0].upper() for kept in (told, mixed) if len(kept) == 1), None)


def _place(code: str, said: Said) -> int:
    return max(said.folded.find(code.lower()), 0)
