"""The words of the trail, folded so that accents and capitals do not matter. Pure."""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 8
LONGEST = 100_000  # characters of one entry; PostgreSQL keeps no more than a megabyte of words


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("\x00", "")
    return "".join(char for char in plain if not unicodedata.combining(char))[:LONGEST]


def tsquery(text: str) -> str:
    """For to_tsquery('simple', …): all of the words, the beginning of each is enough. "" for none."""
    found = re.findall(r"[^\W_]+", folded(text))
    return " & ".join(f"{word}:*" for word in found[:MOST_WORDS])


def spoken(*parts: str) -> str:
    """What is searched of an entry. Cut into words here, so that `tsquery` cuts in the same places."""
    return " ".join(re.findall(r"[^\W_]+", folded(" ".join(parts))))
