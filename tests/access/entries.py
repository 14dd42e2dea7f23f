"""What the tables of addresses say of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import World

PUBLIC, NO_ONE = "public", "no one"
Row = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Access:
    """`least`: the lowest role, or the one customer whose it is. `get` and `post`: with what status whoever
    may use it is answered."""

    least: str
    get: int | tuple[int, ...] = 200
    post: int | tuple[int, ...] = 405
    row: Row = field(default=lambda world: {})
    data: dict[str, str] = field(default_factory=dict)
