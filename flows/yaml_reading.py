"""YAML that somebody wrote, read without trusting it: plain data, and the line of each part of it. Pure.

A narrow YAML: one document of lists, groups and plain values. No tags, anchors or aliases (a few lines of
those grow to gigabytes), no name twice in a group, limits of size and depth. Only `true`, `false`, `null` and
numbers are no texts: `yes`, `no`, `on`, dates and numbers with a leading zero stay what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from flows.parts import DEEPEST
from flows.wrong_form import Path, shown_path

MOST_BYTES = 2_000_000
MOST_PARTS = 100_000  # names, values, lists and groups; a flow of 1,000 steps has a quarter of these
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, ten times as fast
INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,29})")
NUMBER = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]{1,3})?")
CONSTANTS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
             "null": None, "Null": None, "NULL": None, "~": None, "": None}  # fmt: skip


class YamlError(ValueError):
    """What is wrong with a YAML text: in which line (0: none in particular), at which part, what to do."""

    def __init__(self, what: str, *, line: int = 0, path: Path = ()) -> None:
        self.what, self.line, self.path = what, line, path
        super().__init__(what, line, path)

    def __str__(self) -> str:
        words = {"line": self.line, "place": shown_path(self.path), "what": self.what}
        if self.line and self.path:
            return _("Line %(line)d (%(place)s): %(what)s") % words
        return _("Line %(line)d: %(what)s") % words if self.line else self.what


@dataclass
class _Open:
    """A list or a group whose end is still to come."""

    made: list[Any] | dict[str, Any]
    path: Path
    key: str | None = None  # of a group: which value comes next


@dataclass
class Read:
    """Plain data, and in which line each part of it begins."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Of that part, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> Read:
    """Raises YamlError."""
    _check_text(text)
    read, around = Read(), list[_Open]()
    for event in _events(text.removeprefix("\ufeff")):
        if isinstance(event, yaml.CollectionEndEvent):
            around.pop()
        elif isinstance(event, yaml.NodeEvent):
            _take(read, around, event)
    return read


def _check_text(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        raise _too_large()
    if found := UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise YamlError(_("There are characters here that are no text. Take them out."), line=line)


def _too_large() -> YamlError:
    return YamlError(
        _("This is too large: a flow has at most 2 MB and 100,000 parts. Split it into several flows.")
    )


def _events(text: str) -> Iterator[yaml.Event]:
    documents = 0
    try:
        for number, event in enumerate(yaml.parse(text, Loader=LOADER)):
            if number > MOST_PARTS:
                raise _too_large()
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise _wrong(event, (), _("A second document begins here (“---”). Use a file for each flow."))
            yield event
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _wrong(event: yaml.Event, path: Path, what: str) -> YamlError:
    return YamlError(what, line=_line(event), path=path)


def _take(read: Read, around: list[_Open], event: yaml.NodeEvent) -> None:
    """One value or one name, or the beginning of a list or a group."""
    place = around[-1] if around else None
    path = _path(place)
    _check_plain(event, path)
    if place is not None and isinstance(place.made, dict) and place.key is None:
        _take_name(read, place, event)
        return
    made: Any = _value(event, path) if isinstance(event, yaml.ScalarEvent) else _opened(event)
    read.lines.setdefault(path, _line(event))
    _put(read, place, made)
    if not isinstance(event, yaml.ScalarEvent):
        if len(around) >= DEEPEST:
            raise _wrong(event, (), _("This is nested too deeply. Make it simpler."))
        around.append(_Open(made, path))


def _opened(event: yaml.NodeEvent) -> Any:
    return {} if isinstance(event, yaml.MappingStartEvent) else []


def _path(place: _Open | None) -> Path:
    if place is None:
        return ()
    if isinstance(place.made, list):
        return (*place.path, len(place.made))
    return place.path if place.key is None else (*place.path, place.key)


def _put(read: Read, place: _Open | None, value: Any) -> None:
    if place is None:
        read.data = value
    elif isinstance(place.made, list):
        place.made.append(value)
    else:
        place.made[place.key or ""] = value
        place.key = None


def _take_name(read: Read, place: _Open, event: yaml.NodeEvent) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        what = _("A name is expected here, no list and no group. Quote a text that begins with “{” or “[”.")
        raise _wrong(event, place.path, what)
    path = (*place.path, event.value)
    if event.value in place.made:
        what = _("“%(name)s” stands here twice, first in line %(line)d. Take one of them out.")
        raise _wrong(event, path, what % {"name": event.value, "line": read.lines[path]})
    place.key = event.value
    read.lines[path] = _line(event)


def _check_plain(event: Any, path: Path) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        what = _("Anchors (“&”) and aliases (“*”) are not read here. Write it out, or put it in quotes.")
        raise _wrong(event, path, what)
    if event.tag:
        what = _("Tags (“!”) are not read here. Take “%(tag)s” out, or put the value in quotes.")
        raise _wrong(event, path, what % {"tag": event.tag})


def _value(event: yaml.ScalarEvent, path: Path) -> Any:
    text: str = event.value
    if "\x00" in text:
        raise _wrong(event, path, _("A text holds a zero character, which cannot be kept. Take it out."))
    if not event.implicit[0]:  # it stands in quotes, or in lines of its own
        return text
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text


def _not_yaml(error: yaml.YAMLError) -> YamlError:
    """In words that help: most often it is a tab, a colon within a text, or a quotation mark."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    line = mark.line + 1 if mark is not None else 0
    return YamlError(_hint(problem), line=line)


def _hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return _("A colon stands within a text here, or a line is indented wrongly. Put the text in quotes.")
    if "cannot start any token" in problem or "tab" in problem:
        return _("A text cannot begin so (put it in quotes), and lines are indented with spaces, not tabs.")
    if "end of stream" in problem or "document indicator" in problem or "expected ','" in problem:
        return _("A quotation mark or a bracket is opened here and never closed. Close it.")
    what = _(
        "This cannot be read as YAML (%(problem)s). Check how lines are indented, and quote special signs."
    )
    return what % {"problem": problem}
