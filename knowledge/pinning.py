"""Which text an answer saw, in the address of its source; nobody but this installation can read it.

`/help/en/12-returns/?seen=…#anchor`: a signature of the revision, and a mark of the passage. Nothing can be
told from it, neither how many revisions there are nor when, and no other text can be asked about with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from django.utils.crypto import constant_time_compare, salted_hmac

PARAMETER = "seen"
_TOKEN = re.compile(r"([0-9a-f]{20})([0-9a-f]{12})")


def pinned(address: str, *, revision: int, passage: str) -> str:
    """The address of an article's page, with what an answer saw of it."""
    page, hash_mark, anchor = address.partition("#")
    return f"{page}?{PARAMETER}={_signed(revision)}{marked(passage)}{hash_mark}{anchor}"


def read_pin(token: str) -> tuple[str, str] | None:
    """The signature of the revision and the mark of the passage; None of what was never given."""
    found = _TOKEN.fullmatch(token)
    return (found[1], found[2]) if found else None


def signed_one(signature: str, revisions: Iterable[int]) -> int | None:
    """The revision among these that was signed."""
    return next((pk for pk in revisions if constant_time_compare(_signed(pk), signature)), None)


def marked(passage: str) -> str:
    return hashlib.sha256(" ".join(passage.split()).encode()).hexdigest()[:12]


def _signed(revision: int) -> str:
    return salted_hmac("knowledge.pinning", str(revision), algorithm="sha256").hexdigest()[:20]
