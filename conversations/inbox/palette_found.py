"""What the command palette shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """`link` leads somewhere; `control` is what is pressed on the page where the palette was opened, with a
    `value` if it takes one; `key` is the shortcut that does the same."""

    title: str
    icon: str
    about: str = ""
    link: str = ""
    control: str = ""
    value: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    found: list[Found] = field(default_factory=list)
