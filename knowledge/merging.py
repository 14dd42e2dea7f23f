"""Two changes of one article brought together: what only one of them touched is taken, the rest is asked.

Pure. Texts are compared line by line; a value (title, category …) is one, a list is changed item by item.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Side = Literal["live", "proposed"]
LINE_END = re.compile(r"\r\n|\r|\n")
Lines = tuple[str, ...]


class Wording(Protocol):
    """What an article says: a revision, a proposal, or what comes of both."""

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def fields(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Content:
    title: str
    body: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """A place that both have changed, each in its way. `name`: of the field, or `text-` and which place."""

    name: str
    live: Any
    proposed: Any
    chosen: Side | None = None


@dataclass(frozen=True)
class Merged:
    """`content` has the proposed side where nobody has chosen yet."""

    content: Content
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_clear(self) -> bool:
        return all(conflict.chosen for conflict in self.conflicts)


def lines_of(text: str) -> Lines:
    return tuple(LINE_END.split(text))


def says_the_same(one: Wording, other: Wording) -> bool:
    """How lines end, and empty ones around the text, are no difference."""
    return _tidy(one) == _tidy(other)


def _tidy(wording: Wording) -> tuple[str, Lines, dict[str, Any]]:
    said = {name: value for name, value in wording.fields.items() if value}
    return wording.title, lines_of("\n".join(lines_of(wording.body)).strip("\n")), said


def merge(
    base: Wording, live: Wording, proposed: Wording, choices: Mapping[str, Side] | None = None
) -> Merged:
    """What was proposed for `base`, put into what the article says by now."""
    chosen, conflicts = choices or {}, list[Conflict]()

    def decided(name: str, was: Any, now: Any, wish: Any) -> Any:
        if wish in (was, now):
            return now
        if now == was:
            return wish
        conflicts.append(Conflict(name, now, wish, chosen.get(name)))
        return now if chosen.get(name) == "live" else wish

    title = decided("title", base.title, live.title, proposed.title)
    fields = {
        name: _merge_list(*values) if isinstance(values[1] or values[2], list) else decided(name, *values)
        for name, values in _side_by_side(base.fields, live.fields, proposed.fields)
    }
    body: list[str] = []
    places = enumerate(_stretches(lines_of(base.body), lines_of(live.body), lines_of(proposed.body)))
    for at, (was, now, wish) in places:
        body += decided(f"text-{at}", was, now, wish)
    return Merged(Content(title, "\n".join(body), fields), tuple(conflicts))


def _side_by_side(*sides: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name in dict.fromkeys(name for side in sides for name in side):
        empty: Any = [] if any(isinstance(side.get(name), list) for side in sides) else ""
        yield name, tuple(side.get(name, empty) for side in sides)


def _merge_list(base: list[str], live: list[str], proposed: list[str]) -> list[str]:
    gone, known = set(base) - set(proposed), {*base, *live}
    return [*(one for one in live if one not in gone), *(one for one in proposed if one not in known)]


def _stretches(base: Lines, live: Lines, proposed: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """The three texts cut at the lines that stand in all of them: each such line, and what is between."""
    in_live, in_proposed = _places(base, live), _places(base, proposed)
    b = n = p = 0
    for at, line in enumerate(base):
        if at in in_live and at in in_proposed:
            here, there = in_live[at], in_proposed[at]
            if (between := (base[b:at], live[n:here], proposed[p:there])) != ((), (), ()):
                yield between
            yield (line,), (line,), (line,)
            b, n, p = at + 1, here + 1, there + 1
    if (rest := (base[b:], live[n:], proposed[p:])) != ((), (), ()):
        yield rest


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Where lines of `base` stand in the other text."""
    blocks = difflib.SequenceMatcher(a=base, b=other, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}
