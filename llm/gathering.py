"""Put together the calls that a model wants, which come in pieces. Pure.

A piece names its call by a number; some servers leave it out, or give every call the same one, but then each
call has an id of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from .errors import ModelError
from .messages import ToolCall

MOST_CALLS = 32  # in one answer
LONGEST = 64 * 1024  # characters of the arguments of one


@dataclass(frozen=True, slots=True)
class CallPiece:
    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


def pieces_of(written: Sequence[Mapping[str, Any]] | None) -> tuple[CallPiece, ...]:
    """Of the `tool_calls` of a delta or of a whole message. Raises AttributeError or TypeError for others."""
    return tuple(_piece(place, one) for place, one in enumerate(written or ()))


def _piece(place: int, written: Mapping[str, Any]) -> CallPiece:
    index, function = written.get("index"), written.get("function") or {}
    arguments = function.get("arguments") or ""
    if not isinstance(arguments, str):  # as an object, where the protocol wants its text
        arguments = orjson.dumps(arguments).decode()
    name, key = str(function.get("name") or ""), str(written.get("id") or "")
    return CallPiece(index if isinstance(index, int) else place, key, name, arguments)


class Gathered:
    """Feed it the pieces in their order; `calls` are what they make."""

    def __init__(self) -> None:
        self._calls: list[CallPiece] = []
        self._at: dict[int, int] = {}  # the number that the server gives: the place in our list

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, pieces: Sequence[CallPiece]) -> None:
        """Raise `ModelError("garbled")` for more than anybody means."""
        for piece in pieces:
            place = self._place(piece)
            known = self._calls[place]
            arguments = known.arguments + piece.arguments
            if len(arguments) > LONGEST:
                raise ModelError("garbled", detail=f"arguments of more than {LONGEST} characters")
            name = known.name or piece.name
            self._calls[place] = CallPiece(piece.index, known.id or piece.id, name, arguments)

    def _place(self, piece: CallPiece) -> int:
        place = self._at.get(piece.index)
        if place is None or (piece.id and self._calls[place].id not in ("", piece.id)):
            place = self._at[piece.index] = len(self._calls)
            self._calls.append(CallPiece(piece.index))
        if len(self._calls) > MOST_CALLS:
            raise ModelError("garbled", detail=f"more than {MOST_CALLS} calls")
        return place

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """A call that was given no id gets one: the answer to it has to name it."""
        return tuple(
            ToolCall(one.id or f"call_{number}", one.name, one.arguments)
            for number, one in enumerate(self._calls)
        )
