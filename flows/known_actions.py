"""The actions that flows may name, as whoever draws one sees them.

What there is knows `actions`, which stands beside this app: `assistant` says so when it starts (`tell`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """`own`: filled with a fact of the signed-in customer, and never by a flow. `advised`: customers expect
    to say it, though it works without. `suits` are kinds of slots that it can read, () for any; `offered`
    pairs of a value and its name that are right whoever asks. `written`: a text may stand there as well."""

    name: str
    kind: str = "text"
    about: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    own: bool = False
    advised: bool = False
    suits: tuple[str, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    written: bool = True


@dataclass(frozen=True, slots=True)
class KnownAction:
    """`brings` are the names in what comes back, () where they are not known, `refuses` those in what comes
    when it says no. `changes`: “reads”, “writes” (the customer is asked first) or “approval” (staff decide).
    `kinds` says of what it brings which kind of slot holds it, or "list", or "moment list".
    `labels` are names in words, where there are any, and `labels_in` those in each language.
    `addressed`: it is known whom to ask. `page` is where
    staff change it, "" where nobody does."""

    name: str
    title: str = ""
    about: str = ""
    parameters: tuple[Parameter, ...] = ()
    brings: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    changes: str = "reads"
    verified_only: bool = False
    enabled: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    addressed: bool = True
    page: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    labels_in: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def called(self, name: str) -> str:
        return self.labels.get(name, name)


Actions = Mapping[str, KnownAction]
_look: list[Callable[[], Iterable[KnownAction]]] = []


def tell(look: Callable[[], Iterable[KnownAction]]) -> None:
    """From now on these are the actions there are: asked anew each time, since staff change them."""
    _look[:] = [look]


def known_actions() -> dict[str, KnownAction] | None:
    """By name; None while nobody has said which there are."""
    return {action.name: action for action in _look[0]()} if _look else None


def for_the_editor(actions: Actions | None) -> list[dict[str, Any]]:
    found = (actions or {}).values()
    return [asdict(action) for action in sorted(found, key=lambda one: (one.title.casefold(), one.name))]
