"""Which questions are the very same: the same words in the same language to the same assistant, whatever
their capitals, spaces and signs. Pure.

What means the same in other words is no such question: its answers may have been good ones.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+|[%€$£+#]")  # signs that tell one thing from another


def plain(text: str) -> str:
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def number_of(text: str, *, assistant: int, language: str) -> int | None:
    """Of the question: the very same has the same number. None where nothing was asked in words."""
    words = plain(text)
    if not words:
        return None
    digest = hashlib.blake2b(f"{assistant}\n{language}\n{words}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
