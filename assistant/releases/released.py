"""What a release holds, as a reply needs it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.guidance.held import Row


@dataclass(frozen=True)
class Released:
    """In the place of what stands in the settings: rows of guidance, sources (none: all of them), and the
    version of each flow by its key."""

    pk: int
    number: int
    guidance: tuple[Row, ...] = ()
    sources: frozenset[int] = frozenset()
    flows: Mapping[str, int] = field(default_factory=dict)
