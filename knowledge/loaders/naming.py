"""Ids and titles of what files hold, where these do not name them. Pure."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from knowledge.chunking import anchor_slug

LONGEST = 100  # characters of an id that is made from words
SEPARATORS = re.compile(r"[\s_]+|(?<=\w)-(?=\w)")
# What programs write into a document that nobody gave a title.
NO_TITLE = re.compile(
    r"\W*(?:untitled|anonymous|unspecified|unknown|none|null|title|titre|sans titre|document\s?\d*"
    r"|(?:powerpoint|word) presentation|présentation powerpoint|slide \d+|page \d+|scan\w*|(?:book|sheet)\d*"
    r"|microsoft (?:office )?word\b.*|.*\.(?:docx?|pdf|pptx?|xlsx?|rtf|txt|indd|qxd|odt|tex|dvi|html?))\W*",
    re.IGNORECASE | re.DOTALL,
)


def title_of_file(name: str) -> str:
    """`guides/price-list_2026.pdf` → "price list 2026"."""
    stem = PurePosixPath(name).stem
    return SEPARATORS.sub(" ", stem).strip() or stem or name


def sensible_title(text: str) -> str:
    """A title that a person gave, else nothing."""
    title = " ".join(text.split())
    letters = sum(letter.isalpha() for letter in title)
    good = letters >= 3 and len(title) <= 200 and not NO_TITLE.fullmatch(title)
    return title if good else ""


def id_from_words(words: str) -> str:
    """The same words give the same id; of long ones the beginning and a fingerprint."""
    slug = anchor_slug(words, {})
    if len(slug) <= LONGEST:
        return slug
    return f"{slug[: LONGEST - 9]}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def part_id(name: str, part: str, seen: dict[str, int]) -> str:
    """The id of a part of a file; `seen` counts those given before."""
    return f"{name}#{anchor_slug(part[:LONGEST], seen)}"
