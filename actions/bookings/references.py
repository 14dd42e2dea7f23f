"""Codes that can be said aloud, in English and in French, and are not guessed."""

from __future__ import annotations

import re
import secrets

# They sound different from each other in both languages, spell no word, and look like no digit.
LETTERS = "HJKLMQRWXY"
FORM = re.compile(f"[{LETTERS}]{{4}}[0-9]{{5}}")
LOOKS_LIKE = str.maketrans("OI", "01")


def new_reference() -> str:
    """ "KRHL-48273": one of a thousand million."""
    letters = "".join(secrets.choice(LETTERS) for _letter in range(4))
    return f"{letters}-{secrets.randbelow(100_000):05}"


def read_reference(text: str) -> str:
    """As it is kept, however it was written: "krhl 48273"; "" for what is none."""
    bare = re.sub(r"[\W_]+", "", text[:60]).upper()
    bare = bare[:4] + bare[4:].translate(LOOKS_LIKE)
    return f"{bare[:4]}-{bare[4:]}" if FORM.fullmatch(bare) else ""
