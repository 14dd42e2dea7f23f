"""What a customer was asked about, as the state of a conversation keeps it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

STATE = "tools"


@dataclass(frozen=True)
class Wish:
    """What the customer was asked about. `held` are the arguments, sealed; `words` what was said that it is,
    `lines` what was shown of the arguments."""

    action: str
    key: str
    held: str
    words: str
    lines: tuple[str, ...] = ()
    again: int = 0


def wish_in(state: Mapping[str, Any], name: str = "wish") -> Wish | None:
    """None too where it cannot be read: a conversation never breaks on it. `settled` is the name of the one
    that the last answer has dealt with."""
    kept = _kept(state).get(name)
    try:
        return Wish(**{**kept, "lines": tuple(kept.get("lines", ()))}) if kept else None
    except (AttributeError, TypeError):
        return None


def count_in(state: Mapping[str, Any]) -> int:
    """How many replies of the conversation have called tools."""
    count = _kept(state).get("count", 0)
    return count if isinstance(count, int) else 0


def _kept(state: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = state.get(STATE)
    return kept if isinstance(kept, Mapping) else {}


def with_wish(state: Mapping[str, Any], wish: Wish | None, count: int) -> dict[str, Any]:
    kept = {"count": count, **({"wish": asdict(wish)} if wish else {})}
    return {**state, STATE: kept}


def without_wish(state: Mapping[str, Any]) -> Mapping[str, Any]:
    return with_wish(state, None, count_in(state)) if STATE in state else state
