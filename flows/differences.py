"""What is different between two versions of a flow, step by step and text by text. Pure.

There is none exactly where both are the same. Whoever shows them finds the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flows.graph import Graph
from flows.parts import IN_LANGUAGES, LISTS_IN_LANGUAGES
from flows.renames import Dump, renamed

Kind = Literal["added", "removed", "changed", "renamed", "moved"]
WHOLE = {"when", "valid"}  # a condition is read as one


@dataclass(frozen=True, slots=True)
class Difference:
    """`name` is the step's or the slot's (as it is called afterwards), `field` a part of it, `language` that
    of a text. What was added has no `before`, what was removed no `after`; a step or a slot is plain data."""

    kind: Kind
    part: Literal["flow", "step", "slot"]
    name: str = ""
    field: str = ""
    language: str = ""
    before: Any = None
    after: Any = None


def differences(before: Graph, after: Graph) -> list[Difference]:
    old, new, names = renamed(_dump(before), _dump(after))
    found = [Difference("renamed", "step", name, "", "", was, name) for was, name in names.items()]
    skipped = {"slots", "nodes", "layout"}
    found += _fields("flow", "", _without(old, skipped), _without(new, skipped))
    found += _named("slot", old["slots"], new["slots"])
    steps, were = _by_id(new), _by_id(old)
    found += _named("step", were, steps)
    if _common(list(were), steps) != _common(list(steps), were):
        found.append(Difference("moved", "flow", "", "nodes", "", tuple(were), tuple(steps)))
    return found + list(_places(old, new, set(were) ^ set(steps)))


def _dump(graph: Graph) -> Dump:
    return graph.model_dump(by_alias=True)


def _without(part: Dump, names: set[str]) -> Dump:
    return {name: one for name, one in part.items() if name not in names}


def _by_id(graph: Dump) -> dict[str, Dump]:
    return {node["id"]: _without(node, {"id"}) for node in graph["nodes"]}


def _named(
    part: Literal["step", "slot"], old: Mapping[str, Dump], new: Mapping[str, Dump]
) -> Iterator[Difference]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield Difference("removed", part, name, before=old[name])
        elif name not in old:
            yield Difference("added", part, name, after=new[name])
        else:
            yield from _fields(part, name, old[name], new[name])


def _places(old: Dump, new: Dump, gone_or_new: set[str]) -> Iterator[Difference]:
    """Where the steps stand on the canvas; of those that came or went, that goes without saying."""
    for name in sorted({*old["layout"], *new["layout"]} - gone_or_new):
        was, now = old["layout"].get(name), new["layout"].get(name)
        if was != now:
            yield Difference("moved", "step", name, "layout", "", was, now)


# --- The fields of one part


def _fields(part: Literal["flow", "step", "slot"], name: str, old: Dump, new: Dump) -> Iterator[Difference]:
    were, are = dict(_flat(old, ())), dict(_flat(new, ()))
    for path in dict.fromkeys([*were, *are]):
        was, now = were.get(path), are.get(path)
        if was != now or (path in were) != (path in are):
            field, language = _field(path)
            if isinstance(was, _Lines | None) and isinstance(now, _Lines | None) and (was or now):
                yield from _lines(part, name, field, language, was or _Lines(), now or _Lines())
            elif isinstance(was, _Order) or isinstance(now, _Order):
                yield from _order(part, name, field, was, now)
            else:
                yield Difference("changed", part, name, field, language, was, now)


class _Lines(tuple[str, ...]):
    """Examples or synonyms in one language: each line is a part of its own."""


class _Order(tuple[str, ...]):
    """In which order the options stand, which are told apart by their values."""


def _flat(part: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each value that stands alone, by where it stands."""
    last = path[-1] if path else ""
    if isinstance(part, Mapping) and last not in WHOLE:
        for name, one in part.items():
            lines = last in LISTS_IN_LANGUAGES
            yield from [((*path, name), _Lines(one))] if lines else _flat(one, (*path, name))
    elif isinstance(part, Sequence) and last in ("options", "choices") and _told_apart(part):
        yield path, _Order(one["value"] for one in part)
        for one in part:
            yield from _flat(one, (*path, one["value"]))
    elif isinstance(part, Sequence) and last in ("options", "choices", "cases", "cards", "buttons"):
        yield path, len(part)
        for number, one in enumerate(part, 1):
            yield from _flat(one, (*path, str(number)))
    else:
        yield path, part


def _told_apart(options: Sequence[Dump]) -> bool:
    return len({one["value"] for one in options}) == len(options)


def _field(path: tuple[str, ...]) -> tuple[str, str]:
    """The field, and the language where it is a text."""
    if len(path) > 1 and path[-2] in IN_LANGUAGES | LISTS_IN_LANGUAGES:
        return ".".join(path[:-1]), path[-1]
    return ".".join(path), ""


def _lines(part: Literal["flow", "step", "slot"], name: str, field: str, language: str, was: _Lines,
           now: _Lines) -> Iterator[Difference]:  # fmt: skip
    gone, come = Counter(was) - Counter(now), Counter(now) - Counter(was)
    yield from (Difference("removed", part, name, field, language, before=one) for one in gone.elements())
    yield from (Difference("added", part, name, field, language, after=one) for one in come.elements())
    if not gone and not come:
        yield Difference("moved", part, name, field, language, tuple(was), tuple(now))


def _order(
    part: Literal["flow", "step", "slot"], name: str, field: str, was: Any, now: Any
) -> Iterator[Difference]:
    """Which options came and went is told by their parts, when they have any."""
    before, after = (one if isinstance(one, _Order) else () for one in (was, now))
    yield from (Difference("removed", part, name, field, before=one) for one in before if one not in after)
    yield from (Difference("added", part, name, field, after=one) for one in after if one not in before)
    if set(before) == set(after) or _common(before, after) != _common(after, before):
        yield Difference("moved", part, name, field, "", tuple(before), tuple(after))


def _common(names: Sequence[str], others: Any) -> list[str]:
    return [name for name in names if name in others]
