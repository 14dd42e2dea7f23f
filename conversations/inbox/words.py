"""Words as they are searched: folded, so that accents and capitals do not matter. Pure."""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 8
LONGEST_WORD = 60
_WORD = re.compile(r"[\w@.+-]+")
_EDGES = "@.+-_"


def folded(text: str) -> str:
    """Lower case, without accents and the one character that PostgreSQL does not keep."""
    # Twice, since a letter of mathematics becomes an ordinary one only when it is taken apart.
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char) and char != "\x00")


def words(text: str, most: int | None = MOST_WORDS) -> list[str]:
    """Those of what somebody looks for; with `most` None, all of a text."""
    found = (word.strip(_EDGES)[:LONGEST_WORD] for word in _WORD.findall(folded(text)))
    return [word for word in found if word][:most]


def tsquery(text: str) -> str:
    """For PostgreSQL's to_tsquery('simple', …): all words, the beginning of each is enough. "" for none."""
    return " & ".join(f"{_lexeme(word)}:*" for word in words(text))


def _lexeme(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
