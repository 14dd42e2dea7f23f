"""What a customer's file is called here. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
# What a file is, by its content: what it may be called, the usual ending first.
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".text", ".csv", ".tsv", ".md", ".markdown"),
}
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r'[<>:"|?*]')


def safe_name(name: str, media_type: str) -> str:
    """One line without a path or anything that cannot be seen (such as what turns letters around), not too
    long, and with an ending that says what the file is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if letter.isspace() else letter for letter in last if _is_seen(letter))
    plain = _RESERVED.sub("_", _SPACES.sub(" ", seen)).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    known = ENDINGS[media_type]
    if dot and f".{ending.lower()}" in known:
        return f"{stem[: LONGEST - len(ending) - 1].strip(' .') or 'file'}.{ending}"
    if dot and media_type.startswith("image/") and ending.lower() in ("gif", "webp", "png", "jpg", "jpeg"):
        plain = stem  # it has been drawn anew as another kind of picture
    return f"{plain[: LONGEST - len(known[0])].strip(' .') or 'file'}{known[0]}"


def _is_seen(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
