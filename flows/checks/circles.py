"""Circles in a graph: the groups of steps of which each leads to each (Kosaraju's way). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Ways = Mapping[str, Sequence[str]]


def circles(ways: Ways) -> list[list[str]]:
    """Each in the order of `ways`; a step that leads to itself is one."""
    order = {name: number for number, name in enumerate(ways)}
    found = [sorted(group, key=order.__getitem__) for group in _groups(ways)]
    return sorted(
        (one for one in found if len(one) > 1 or one[0] in ways[one[0]]), key=lambda one: order[one[0]]
    )


def _groups(ways: Ways) -> Iterator[list[str]]:
    """What is left last reaches what was left before it; going back from there finds its own group only."""
    back: dict[str, list[str]] = {name: [] for name in ways}
    for name, targets in ways.items():
        for target in targets:
            if target in back:
                back[target].append(name)
    taken = set[str]()
    for name in reversed(_left(ways)):
        group, ahead = [], [name]
        while ahead:
            one = ahead.pop()
            if one not in taken:
                taken.add(one)
                group.append(one)
                ahead += back[one]
        if group:
            yield group


def _left(ways: Ways) -> list[str]:
    """The steps in the order in which one has seen all that they lead to."""
    seen, left = set[str](), list[str]()
    for first in ways:
        ahead = [(first, False)]
        while ahead:
            name, is_left = ahead.pop()
            if is_left:
                left.append(name)
            elif name in ways and name not in seen:
                seen.add(name)
                ahead.append((name, True))
                ahead += [(target, False) for target in ways[name]]
    return left
