"""Files that came with a customer's words, as values of slots. Pure.

The value of a slot names the file; its bytes stay where the conversation keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flows.graph import Graph
from flows.slot import Slot
from flows.state import Rejected, SetSlot

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SentFile:
    id: str
    name: str
    kind: Literal["picture", "document"]
    size: int = 0  # bytes

    @property
    def value(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name}


def fill(
    flow: Graph, known: Mapping[str, Any], files: Sequence[SentFile], *, asked: str = ""
) -> Iterator[SetSlot | Rejected]:
    """Each slot that has no file yet takes the first that suits it, the slot that was `asked` for before all.
    Files that suit none are refused for the slot that was asked for."""
    left = list(files)
    waiting = _waiting(flow, known, asked)
    for name in waiting:
        suits = next((file for file in left if not why_not(flow.slots[name], file)), None)
        if suits is not None:
            left.remove(suits)
            yield SetSlot(name, suits.value)
    if asked in waiting and files and len(left) == len(files):
        yield Rejected(asked, why_not(flow.slots[asked], left[0]), left[0].name)


def why_not(slot: Slot, file: SentFile) -> str:
    """Why a slot does not take a file, a phrase of `flows/stock/phrases.yaml`; "" where it does."""
    if slot.accept == "pictures" and file.kind != "picture":
        return "picture_wanted"
    if slot.accept == "documents" and file.kind != "document":
        return "document_wanted"
    return "file_too_large" if slot.most is not None and file.size > slot.most * MEGABYTE else ""


def _waiting(flow: Graph, known: Mapping[str, Any], asked: str) -> list[str]:
    of_files = [name for name, slot in flow.slots.items() if slot.kind == "file"]
    empty = [name for name in of_files if name != asked and known.get(name) is None]
    return [asked, *empty] if asked in of_files else empty
