"""Which examples are held out: whole groups, each topic and language with its share as far as groups allow.
Pure, and the same for the same seed."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placed:
    group: int
    language: str
    topic: str


def held_out(examples: Sequence[Placed], *, percent: int, seed: int) -> set[int]:
    """The groups. Where there are two groups and something is to be held out, each part has one."""
    groups: dict[int, Counter[Hashable]] = defaultdict(Counter)
    for example in examples:
        groups[example.group].update(_strata(example))
    if percent <= 0 or len(groups) < 2:
        return set()
    wanted: Counter[Hashable] = Counter()
    for counted in groups.values():
        wanted.update(counted)
    share = percent / 100
    order = sorted(groups)
    random.Random(seed).shuffle(order)  # noqa: S311  nothing secret
    chosen, held = set[int](), Counter[Hashable]()
    for group in order:
        if len(chosen) + 1 < len(groups) and _nearer(held, groups[group], wanted, share):
            chosen.add(group)
            held.update(groups[group])
    return chosen or {min(order, key=lambda group: groups[group].total())}


def _strata(example: Placed) -> list[Hashable]:
    return ["all", ("language", example.language), ("topic", example.topic, example.language)]


def _nearer(
    held: Counter[Hashable], more: Counter[Hashable], wanted: Counter[Hashable], share: float
) -> bool:
    """Whether each part of it is nearer to its share with this group than without; all of it counts the most,
    and never becomes more than its share by a group that is larger than what is missing."""
    by = 0.0
    for stratum, number in more.items():
        target = wanted[stratum] * share
        weight = 2.0 if stratum == "all" else 1.0
        by += weight * (abs(held[stratum] - target) - abs(held[stratum] + number - target))
    return by > 0
