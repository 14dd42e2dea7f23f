"""The kinds of actions, one file each, and what they offer by name.

A kind is added by `register`, in the `ready` of its app or beside those here; names of two kinds never meet:
the keys of tools and the names of built-in ones are told apart when a tool is made.
"""

from __future__ import annotations

from actions.declared import MOST_OFFERED, Declared, is_verified
from actions.kinds import bookings, http, mcp
from actions.kinds.base import Kind
from actions.models import Tool

_KINDS: dict[str, Kind] = {kind.name: kind for kind in (bookings.Bookings(), http.Http(), mcp.Mcp())}


def register(kind: Kind) -> None:
    _KINDS[kind.name] = kind


def kind_of(declared: Declared) -> Kind:
    return _KINDS[declared.kind]


def find(name: str) -> Declared | None:
    """The action of this name, switched on or not."""
    return next((found for kind in _KINDS.values() if (found := kind.find(name))), None)


def built_in(name: str) -> Declared | None:
    """The same, where it is one of ours: without a look into the database."""
    return _KINDS[bookings.Bookings.name].find(name)


def whole() -> list[Declared]:
    """All there are, switched on or not."""
    tools = list(Tool.objects.whole())
    return [declared for kind in _KINDS.values() for declared in kind.all(tools)]


def all_actions() -> list[Declared]:
    """Those that are switched on, by title."""
    found = [declared for declared in whole() if declared.enabled]
    return sorted(found, key=lambda declared: (declared.title.casefold(), declared.name))


def names() -> list[str]:
    return [declared.name for declared in all_actions()]


def must_confirm(name: str) -> bool:
    """Whether the customer is asked first, whatever a flow says."""
    found = find(name)
    return found is not None and found.changes == "writes"


def confirmed_names() -> frozenset[str]:
    """All of which `must_confirm` is true, in one look."""
    return frozenset(declared.name for declared in all_actions() if declared.changes == "writes")


def offered(customer: object = None) -> list[Declared]:
    """What a model may call by itself for this customer, the facts of whom are a mapping or None."""
    verified = isinstance(customer, dict) and is_verified(customer)
    free = [one for one in all_actions() if one.in_free_conversation and (verified or not one.verified_only)]
    return free[:MOST_OFFERED]
