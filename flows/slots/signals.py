"""What customers say around values: a change of mind, a correction, a question, a hesitation. Pure.

The patterns of all languages count, since short words tell little of their language.
"""

from __future__ import annotations

import re
from functools import cache

from flows.slots.cleaning import clean, fold, without_accents
from flows.slots.tables import patterns

MOST_WORDS_OF_AN_ANSWER = 2  # "Tuesday?" is an answer that asks whether it will do
FAR = 400  # characters
_CLAUSES = re.compile(r"[,.;:!?]\s")
_CLAUSE_BEGINS = re.compile(r"(?:^|[,.;:!?…(]|\s[-–—])\s*$")


def cancels(text: str) -> bool:
    """Whether the customer wants to leave what is under way: "forget it". Not "I want to cancel my order",
    which is a request."""
    folded = _folded(text)
    clauses = [fold(clause) for clause in _CLAUSES.split(clean(text)[:FAR])]
    if _gives_up(folded) or len(clauses) > 1 and all(_gives_up(clause) for clause in clauses):
        return True  # also "stop, I don't want this any more"
    return patterns("signals", "cancel_anywhere").search(folded) is not None


def _gives_up(folded: str) -> bool:
    wanted = patterns("signals", "cancel").fullmatch
    return wanted(_without(folded, "around")) is not None or wanted(folded) is not None


def corrects(text: str) -> bool:
    """Whether it may take back what was said before: "no, Tuesday", "je me suis trompé". "Sorry" and "no" may
    begin anything: it is a correction only if `corrected` is a value of a slot that has one."""
    return (
        bool(corrected(text)) or patterns("signals", "correct_before").fullmatch(_plain_no(text)) is not None
    )


def corrected(text: str) -> str:
    """What is said instead, in the customer's own letters: "Tuesday" of "Monday, no sorry, Tuesday" and of
    "Tuesday instead". "" where nothing is corrected."""
    text = clean(text)[:FAR]
    if any(patterns("answers", which).fullmatch(fold(text)) for which in ("yes", "no")):  # "no thanks"
        return ""
    flat = _flat(text)
    markers = [found for found in _spaced("correct_before").finditer(flat) if _marks(found, flat)]
    if markers:
        return text[markers[-1].end() :].strip(" ,.:;!-–—")
    behind = re.search(rf"{_spaced('correct_behind').pattern}\W*$", flat)
    return text[: behind.start()].strip(" ,.:;!-–—") if behind else ""


def _marks(found: re.Match[str], flat: str) -> bool:
    """One word marks a correction only where a clause begins: not in "is it better" and "non-driver"."""
    behind = flat[found.end() :]
    if behind.startswith("-") or not behind.strip(" .!?"):
        return False
    return " " in found[0].strip() or _CLAUSE_BEGINS.search(flat[: found.start()]) is not None


def asks(text: str) -> bool:
    """Whether it is a question, with a question mark or without."""
    folded = _folded(text)
    if patterns("signals", "no_question").fullmatch(_without(folded, "around")):
        return False
    if "?" in clean(text) and len(folded.split()) > MOST_WORDS_OF_AN_ANSWER:
        return True
    if patterns("signals", "question_anywhere").search(folded):
        return True
    first, *further = (fold(clause) for clause in _CLAUSES.split(clean(text)[:FAR]))
    begins = patterns("signals", "question").match
    # A clause behind the first one may only add to it: "the blue one, which I like".
    return begins(_without(first, "question_before")) is not None or any(
        begins(clause) and not patterns("signals", "relative").match(clause) for clause in further
    )


def possible(text: str) -> str:
    """Without the clauses that say when it is impossible: "I can't come on Tuesday, can we say Thursday"."""
    clauses = re.split(r"(?<=[,.;:!?])\s+", text)
    return " ".join(one for one in clauses if not patterns("signals", "impossible").search(fold(clean(one))))


def hesitates(text: str) -> bool:
    """Whether the customer does not know, or wants a moment."""
    folded = _folded(text)
    return any(patterns("signals", "hesitate").match(one) for one in (folded, _without(folded, "around")))


def leaves_out(text: str) -> bool:
    """Whether it gives nothing to what may be left out: "nothing else", "I don't have one"."""
    return patterns("signals", "leave_out").fullmatch(_folded(text)) is not None


def _folded(text: str) -> str:
    return fold(clean(text)[:FAR])


def _plain_no(text: str) -> str:
    """What a correction without a new value is: not a bare "no", which answers a question."""
    folded = _folded(text)
    return "" if patterns("answers", "no").fullmatch(folded) or len(folded.split()) < 2 else folded


def _without(folded: str, section: str) -> str:
    """Without such words at either end."""
    words = patterns("signals", section)
    while (found := words.match(folded)) and found.end() and folded[found.end() :].strip():
        folded = folded[found.end() :].strip()
    behind = re.compile(rf"{words.pattern}$")
    while section == "around" and (found := behind.search(folded)) and folded[: found.start()].strip():
        folded = folded[: found.start()].strip()
    return folded


@cache
def _spaced(section: str) -> re.Pattern[str]:
    """The pattern, where punctuation may stand between its words."""
    return re.compile(patterns("signals", section).pattern.replace(" ", r"\W{1,4}"))


def _flat(text: str) -> str:
    """In small letters without accents, each at its own place."""
    return "".join((without_accents(letter.lower()) or " ")[0] for letter in text)
