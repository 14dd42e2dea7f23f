"""Sockets as any program could open them: with any token, cookie and origin, saying anything."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from tests.access.world import NOBODY, World, cookie_of
from tests.conversations.client import PROTOCOL

WITHIN = 5.0
OPEN = 0
LOST = aiohttp.WSCloseCode.ABNORMAL_CLOSURE


@dataclass
class Line:
    """An open socket and everything that was said over it."""

    socket: aiohttp.ClientWebSocketResponse
    frames: list[str] = field(default_factory=list)

    def events(self, type_: str) -> list[dict[str, Any]]:
        return [event for event in map(orjson.loads, self.frames) if event["type"] == type_]

    async def say(self, command: dict[str, Any] | str | bytes) -> None:
        text = orjson.dumps(command).decode() if isinstance(command, dict) else command
        await (self.socket.send_bytes(text) if isinstance(text, bytes) else self.socket.send_str(text))

    async def hear(self, wanted: Callable[[], bool], *, within: float = WITHIN) -> bool:
        """Listen until something was said; False when it was not in time, or the socket was closed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not wanted():
                    frame = await self.socket.receive()
                    if frame.type is not aiohttp.WSMsgType.TEXT:
                        return wanted()
                    self.frames.append(frame.data)
        return wanted()

    async def settle(self) -> None:
        """Everything that was said before has been obeyed or refused, and what follows from it told."""
        before = len(self.events("pong"))
        await self.say({"type": "ping"})
        assert await self.hear(lambda: len(self.events("pong")) > before), (
            f"no answer: {self.socket.close_code}"
        )
        await self.hear(lambda: False, within=0.15)


@asynccontextmanager
async def opened(
    port: int,
    path: str,
    *,
    tokens: tuple[str, ...] = (),
    cookies: dict[str, str] | None = None,
    origin: str = "",
) -> AsyncIterator[Line | int]:
    """The line, or the status or close code with which it was refused."""
    base = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        try:
            socket = await http.ws_connect(
                f"{base}/ws/{path}", protocols=(PROTOCOL, *tokens), origin=origin or base
            )
        except aiohttp.WSServerHandshakeError as refused:
            yield refused.status
            return
        async with socket:
            line = Line(socket)
            await line.say({"type": "ping"})
            yield line if await line.hear(lambda: bool(line.frames)) else int(socket.close_code or -1)


async def refused_with(port: int, path: str, **how: Any) -> int:
    """OPEN, or the code. What we say may cross the close, whose code TCP then throws away: once more."""
    for _attempt in range(3):
        async with opened(port, path, **how) as line:
            code = line if isinstance(line, int) else OPEN
        if code != LOST:
            break
    return code


def cookies_of(world: World, actor: str) -> dict[str, str]:
    """What this actor's browser would send."""
    if actor == NOBODY:
        return {}
    if actor not in world.staff:
        return {"customer": cookie_of(world.conversation_of(actor).customer_id)}
    return {"sessionid": world.client(actor).cookies["sessionid"].value}
