"""Which flow words begin by themselves: those that are its name, or one of its examples. Pure.

Nothing has to be learned for it: it holds from the moment that somebody writes the example down.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.checks.beginning import folded, plain
from flows.graph import Graph


def named(flows: Mapping[str, Graph], text: str) -> str:
    """The flow whose name was said, as a button says it; "" for none."""
    said = _plain(text)
    called = (key for key, flow in flows.items() if said in map(_plain, flow.name.values()))
    return next(called, "") if said else ""


def _plain(words: str) -> str:
    """Without capitals, and with no difference between spaces: French has several."""
    return " ".join(words.casefold().split())


def exampled(flows: Mapping[str, Graph], text: str) -> tuple[str, ...]:
    """The flows that have these words among their examples, without regard to case and signs."""
    said = folded(text)
    return tuple(key for key, flow in flows.items() if said in plain(flow)) if said else ()
