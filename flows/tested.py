"""Which steps tests have walked, as far as flows know of tests: what keeps them stands above and tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tested:
    """Of a version of a flow: how many tests took a step of it when they ran last, and which steps how many
    of them took. `elsewhere` are those that walked other versions only."""

    tests: int = 0
    elsewhere: int = 0
    steps: Mapping[str, int] = field(default_factory=dict)


Look = Callable[[str, int], Tested]
_look: list[Look] = []


def tell(look: Look) -> None:
    """From now on this says it of a flow's key and a version's number."""
    _look[:] = [look]


def tested(flow: str, version: int) -> Tested:
    return _look[0](flow, version) if _look else Tested()
