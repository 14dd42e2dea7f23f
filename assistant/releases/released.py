"""What a release holds, as a reply needs it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.guidance.held import Row


@dataclass(frozen=True)
class Released:
    """In the place of what stands in the settings: rows of guidance, sources (none: all of them), and the
    version of each flow by its key. `greetings` are the greeting and the suggested questions by language;
    None in a release that is older than that releases hold them: then those of the settings."""

    pk: int
    number: int
    guidance: tuple[Row, ...] = ()
    sources: frozenset[int] = frozenset()
    flows: Mapping[str, int] = field(default_factory=dict)
    greetings: Mapping[str, tuple[str, str]] | None = None
