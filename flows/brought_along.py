"""What an imported bot brings along beside its flows: handed to the apps above that know what to do with it.

`flows` knows nothing of tools and scenarios. Who takes something up says so in the `ready` of its app
(`register`); the page and the command of the import hand over what was read, and tell what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from flows.graph import Graph


@dataclass(frozen=True)
class Brought:
    """`flows` are those that were taken, `webhooks` and `scenarios` data as the importers say it (see
    `flows/importers/base.py`): whoever takes them checks them. `origin` says where they come from."""

    origin: str
    flows: list[Graph] = field(default_factory=list)
    webhooks: list[dict[str, Any]] = field(default_factory=list)
    scenarios: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Taker:
    """`take` gives how many were new, `told` says so in a sentence, `page` names where all of them are."""

    name: str
    take: Callable[[Brought, User | None], int]
    told: Callable[[int], str]
    page: str


_TAKERS: dict[str, Taker] = {}


def register(taker: Taker) -> None:
    _TAKERS[taker.name] = taker


def take_along(brought: Brought, *, author: User | None) -> dict[str, int]:
    """How many new ones there are of each."""
    return {name: taker.take(brought, author) for name, taker in _TAKERS.items()}


def told(taken: Mapping[str, int]) -> list[tuple[str, str]]:
    """A sentence for each that brought something, and the name of its page."""
    found = [(taker, taken.get(name, 0)) for name, taker in _TAKERS.items()]
    return [(taker.told(number), taker.page) for taker, number in found if number]
