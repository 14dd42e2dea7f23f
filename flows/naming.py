"""A key for a flow, made from the name that somebody gives it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 50  # leaves room for a number behind it


def key_from(name: str, *, taken: Collection[str]) -> str:
    """“Réserver un essayage” is `reserver_un_essayage`, and with a number behind it where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    key = (key if key[:1].isalpha() else f"flow_{key}".rstrip("_"))[:LONGEST].rstrip("_")
    number = 2
    found = key
    while found in taken:
        found, number = f"{key}_{number}", number + 1
    return found
