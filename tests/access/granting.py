"""Who may use an address, and what they get: the words of `tests/access/table.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import EDITOR, World

PUBLIC, NO_ONE = "public", "no one"
Row = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Access:
    """`least`: the lowest role, or the one customer whose it is. `get` and `post`: with what status whoever
    may use it is answered."""

    least: str
    get: int | tuple[int, ...] = 200
    post: int | tuple[int, ...] = 405
    row: Row = field(default=lambda world: {})
    data: dict[str, str] = field(default_factory=dict)


def pages(model: str, least: str, row: Row, **changed: Access) -> dict[str, Access]:
    """The five pages of a model in the admin site, and the short address of a row."""
    app, name = model.split("_")
    found = {
        "changelist": Access(least, post=200),
        "add": Access(least, post=200),
        "change": Access(least, post=200, row=row),
        "history": Access(least, post=200, row=row),
        "delete": Access(least, post=302, row=row, data={"post": "yes"}),
    } | changed
    # Sends any editor on to the row's page, which refuses whom it must.
    short = {f"/admin/{app}/{name}/<path:object_id>/": Access(EDITOR, get=302, post=302, row=row)}
    return {f"admin:{model}_{page}": access for page, access in found.items()} | short


def row_of(name: str) -> Row:
    def row(world: World) -> dict[str, Any]:
        return {"object_id": getattr(world, name).pk}

    return row


# Rows that come into being elsewhere: nobody adds one by hand.
NOT_IN_ADMIN = Access(EDITOR, get=403, post=403)
