"""What every kind of file is turned into, and the one way to say why something is not. Pure.

All of `knowledge/loaders` and `knowledge/importers` runs in the reading process (knowledge/intake/reader.py):
without Django, without a database, within limits of time and memory, since the files come from anywhere.
What they have to say they say as codes; knowledge/refusals.py has the words, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from untrusted.base import Detail, Place, RawFile, Refusal, Refused

__all__ = ["Conversation", "Detail", "Found", "Loader", "Place", "RawFile", "Record", "Refusal", "Refused",
           "Said"]  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A document as it was read, not yet cleaned nor checked.

    `fields`: id, title, body, format (markdown, text or html), lang, description, category, keywords,
    questions (other ways to ask what it answers), url, audience, status. All but `body` may be missing.
    `path` is that of a file which other files of the import may link to.
    """

    place: Place
    fields: dict[str, Any]
    path: str = ""


@dataclass(frozen=True)
class Said:
    """One message of a conversation; `role` is customer, bot, agent or system, `at` ISO 8601 or empty."""

    role: str
    text: str
    at: str = ""
    rating: int | None = None


@dataclass(frozen=True)
class Conversation:
    """A conversation as it was read, its messages in order, private notes left out."""

    place: Place
    external_id: str
    messages: tuple[Said, ...]
    language: str = ""
    resolved: bool | None = None
    satisfaction: int | None = None  # 1 to 5
    tags: tuple[str, ...] = ()


Found = Record | Conversation | Refused
Loader = Callable[[RawFile], Iterator[Found]]
