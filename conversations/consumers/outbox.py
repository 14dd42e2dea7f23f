"""What goes out over one socket: in order, bounded, and never waited for by whoever has something to say."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

LIMIT = 256 * 1024  # characters waiting for a slow reader, beyond which it has to come back
LITTLE = LIMIT // 8
SLOW = 1013
RESTART = 1012
SPREAD = 5.0  # seconds over which clients come back, so that not all do at once

Send = Callable[[dict[str, object]], Awaitable[None]]


class Outbox:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._frames: deque[str] = deque()  # the first is being sent
        self._behind = 0  # characters of the others
        self._ready = asyncio.Event()
        self._closing: int | None = None
        self._pump = asyncio.create_task(self._run())

    def tell(self, event: dict[str, Any]) -> None:
        """Send an event of the protocol after what waits already."""
        self.offer(orjson.dumps(event).decode())

    def offer(self, frame: str) -> None:
        """The same, serialised already."""
        if self._closing is not None:
            return
        if self._frames:
            self._behind += len(frame)
        self._frames.append(frame)
        if self._behind > LIMIT:
            self._frames.clear()
            self.close(SLOW)
        self._ready.set()

    @property
    def has_room(self) -> bool:
        """Whether so little waits that something may be added that its reader can do without."""
        return self._closing is None and self._behind <= LITTLE

    def close(self, code: int) -> None:
        """Close the socket after what waits already."""
        if self._closing is None:
            self._closing = code
        self._ready.set()

    def leave(self) -> None:
        """This process is about to end: the client shall come back, to another or to its successor."""
        self.tell({"type": "reconnect", "after": round(random.uniform(0, SPREAD), 2)})  # noqa: S311
        self.close(RESTART)

    def drop(self) -> None:
        """The socket has gone: forget everything, at once."""
        self._pump.cancel()

    async def _run(self) -> None:
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._frames:
                await self._send({"type": "websocket.send", "text": self._frames[0]})
                self._go_on()
            if self._closing is not None:
                await self._send({"type": "websocket.close", "code": self._closing})
                return

    def _go_on(self) -> None:
        """The first frame has been sent; there is none if the reader was too slow for the others."""
        if self._frames:
            self._frames.popleft()
        if self._frames:
            self._behind -= len(self._frames[0])
