"""Reading what clients send: hostile until it has passed here."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from pydantic import ValidationError

from conversations.protocol import Command, command_adapter
from conversations.refusals import Refused

MAX_FRAME = 16 * 1024
PER_SECOND = 10.0
BURST = 40.0
TOO_MANY = 200  # more frames refused than accepted, after which the socket is closed


def parse(frame: str | None) -> Command:
    """The command in a frame. Raises Problem: "invalid" or "too_long", with the client's id if it has one."""
    if frame is None or len(frame) > MAX_FRAME:
        raise Problem("too_long" if frame else "invalid")
    try:
        said = orjson.loads(frame)
    except (orjson.JSONDecodeError, UnicodeEncodeError, RecursionError):
        raise Problem("invalid") from None
    try:
        return command_adapter.validate_python(said)
    except ValidationError as error:
        long = any(found["type"] == "string_too_long" for found in error.errors())
        raise Problem("too_long" if long else "invalid", client_id=_client_id(said)) from None


class Problem(Refused):
    """A frame that cannot be obeyed, and the client's id of the message in it."""

    def __init__(self, code: str, *, client_id: UUID | None = None, permanent: bool = True) -> None:
        super().__init__(code, permanent=permanent)
        self.client_id = client_id


def _client_id(said: Any) -> UUID | None:
    try:
        return UUID(said["client_id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


class Bucket:
    """How many frames a socket may send: a burst, then so many a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left, self._at = BURST, clock()
        self.refused = 0

    def take(self) -> bool:
        now = self._clock()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            self.refused += 1
            return False
        self._left -= 1
        self.refused = max(0, self.refused - 1)
        return True
