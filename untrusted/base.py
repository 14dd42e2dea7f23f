"""A file of unknown origin, and the one way to say why something of it is not taken. Pure.

What stands in this package runs in a reading process (untrusted/process.py): without Django, without a
database, within limits of time and memory, since the files come from anywhere. What it has to say it says as
codes; whoever started the process has the words, in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Detail = str | int | dict[str, Any]  # a dict is a Place


class Refusal(Exception):
    """One document, or a whole file, cannot be read: trying again without changing it is useless.

    `code` is one that whoever reads it has words for (knowledge/refusals.py), `details` what its words name.
    """

    permanent = True

    def __init__(self, code: str, /, **details: Detail) -> None:
        super().__init__(code, details)
        self.code = code
        self.details: dict[str, Detail] = details


@dataclass(frozen=True)
class RawFile:
    """`name` is the path inside the folder or archive, with forward slashes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Place:
    """Where something stood, for a person: the file, and in it a line, row, page, slide, chapter or entry.

    `part` names which of these `number` counts (from 1) and `name` calls ("Sheet1", "intent ask_hours").
    """

    file: str
    part: str = ""
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Refused:
    """What was not taken, and why: see Refusal."""

    place: Place
    code: str
    details: dict[str, Detail] = field(default_factory=dict)

    @classmethod
    def by(cls, refusal: Refusal, place: Place) -> Refused:
        return cls(place, refusal.code, refusal.details)
