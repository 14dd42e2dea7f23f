"""What every other system's export is read by: several files that belong together. Pure.

An importer first says which of the files are its own (`claim`), by what they hold and not by their names
alone; those are then read together (`load`), all others one by one by knowledge/loaders. What it knows of but
cannot turn into knowledge (stories, webhooks, …) it yields as Refused, so that nobody has to guess what was
left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.loaders.base import Found
from untrusted.together import Files

__all__ = ["Files", "Importer"]


@dataclass(frozen=True)
class Importer:
    """One system's export. `claim` gives the names of the files that belong to it, if it is there."""

    name: str
    claim: Callable[[Files], set[str]]
    load: Callable[[Files, set[str]], Iterator[Found]]
