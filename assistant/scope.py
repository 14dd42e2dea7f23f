"""What the assistant must not deal with: the out-of-scope lines of its objective, compared with a question.

Two ways, because each alone fails. All the words of a line are certain, and know one language. Meaning knows
all languages, and is believed where a line is nearer to the question than every task and every heading that
was found for it (meaning.py). That is careful: most of what is out of scope is not answered anyway, because
no article is near it; what is refused here is also told from what is only missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.terms import content_words, stem_words

SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:and|or|et|ou)\s+)?|\s+(?:and|or|et|ou)\s+", re.IGNORECASE)
QUALIFIER = re.compile(r"(?:beyond|except|unless|but|outside|sauf|hors|excepté|au-delà)\b", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def forbidden_topic(question: str, lines: Iterable[str], language: str) -> str | None:
    """The first line that has an alternative whose every word the question has too."""
    asked = _stems(question, language)
    for line in lines:
        for alternative in (line, *enumerated(line)):
            words = _stems(alternative, language)
            if words and words <= asked:
                return line
    return None


@lru_cache(maxsize=1024)
def enumerated(line: str) -> tuple[str, ...]:
    """ "Legal, tax or medical advice" as three, each with the noun that they share; else none."""
    parts = [part.split() for part in SEPARATOR.split(line) if part]
    if len(parts) < 2 or any(len(part) > 1 for part in parts[1:-1]):
        return ()
    first, last = parts[0], parts[-1]
    if len(first) == 1 and len(last) > 1:
        return tuple(" ".join([*part, *last[1:]]) for part in parts[:-1]) + (" ".join(last),)
    if len(last) == 1 and len(first) > 1:
        return (" ".join(first), *(" ".join([*first[:-1], *part]) for part in parts[1:]))
    return ()


@lru_cache(maxsize=1024)
def parts_of(line: str) -> tuple[str, ...]:
    """A line and what it is made of, to compare each by meaning: a list of things is near to none of them."""
    parts = enumerated(line) or tuple(part for part in SEPARATOR.split(line) if len(part.split()) > 1)
    return tuple(dict.fromkeys([line, *(part for part in parts if not QUALIFIER.match(part))]))


def _stems(text: str, language: str) -> set[str]:
    return set(stem_words(content_words(text, language), language))
