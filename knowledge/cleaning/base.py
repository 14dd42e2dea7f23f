"""The shape of a cleaning step: text in, text out, and how many places it changed. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Draft:
    """A document on its way in: Markdown `body`; `language` is a code, empty while nobody knows it."""

    title: str
    body: str
    language: str = ""


@dataclass(frozen=True)
class Finding:
    """Personal data that stands in a text: `kind` is email, phone, iban, card or name."""

    kind: str
    text: str
    start: int  # characters into the body
    end: int


@dataclass(frozen=True)
class Rules:
    """What a source wants done: the names of the steps, and what they need to know.

    `repeated` holds the blocks that stand on most pages of the source. `personal` is "flag" or "redact";
    `allowed` are addresses and numbers of the company itself, which are left alone; `names` are personal
    names to be found.
    """

    steps: frozenset[str]
    languages: tuple[str, ...] = ("en", "fr")
    region: str = "FR"  # for telephone numbers without a country
    personal: str = "flag"
    allowed: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()


Apply = Callable[[Draft, Rules], tuple[Draft, int]]


@dataclass(frozen=True)
class Step:
    """`apply` gives the draft after it and the number of places it changed; `usual`: on by itself."""

    name: str
    label: Promise
    help: Promise
    apply: Apply
    usual: bool = True


@dataclass(frozen=True)
class Cleaned:
    """What came of a draft. `changes` counts by step, only those that changed something."""

    draft: Draft
    changes: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
