"""Many customers at once, for `benchmarks/streaming.py`: asks, and notes when each token arrives.

The model server writes the time of emission as each token's text, so that delay = receipt - emission, with
both clocks on one machine.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import orjson

from tests.modelserver.wire import time_of


@dataclass
class Heard:
    """One reply as its customer saw it. Times are seconds since the epoch."""

    asked: float = 0.0
    first: float = 0.0
    ended: float = 0.0
    outcome: str = "lost"
    queued: bool = False
    text: str = ""
    arrivals: list[tuple[int, float]] = field(default_factory=list)  # (characters so far, when)

    def delta(self, text: str) -> None:
        now = time.time()
        self.first = self.first or now
        self.text += text
        self.arrivals.append((len(self.text), now))

    def delays(self) -> list[float]:
        """Seconds between the emission of each token and its arrival here."""
        found, arrivals = [], iter(self.arrivals)
        reached, when = next(arrivals, (0, 0.0))
        position = 0
        for word in self.text.split(" "):
            position += len(word) + 1
            while reached < min(position, len(self.text)):
                reached, when = next(arrivals)
            if (written := time_of(word)) is not None:
                found.append(when - written)
        return found


Listener = Callable[[aiohttp.ClientSession, Heard, str], Awaitable[None]]


async def ask_floor(session: aiohttp.ClientSession, heard: Heard, url: str) -> None:
    async with session.ws_connect(f"{url}/ws") as socket:
        heard.asked = time.time()
        await socket.send_str(orjson.dumps({"type": "message", "text": "How long?"}).decode())
        await listen(socket, heard)


async def ask_product(session: aiohttp.ClientSession, heard: Heard, url: str) -> None:
    async with await open_chat(session, url) as socket:
        heard.asked = time.time()
        await socket.send_str(say("How long does delivery take?"))
        await listen(socket, heard)


async def open_chat(session: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    """A new visitor: the page's session call, then the socket with its token, then the first snapshot."""
    async with aiohttp.ClientSession(connector=session.connector, connector_owner=False) as visitor:
        async with visitor.get(f"{url}/") as page:
            token = page.cookies["csrftoken"].value
            headers = {"X-CSRFToken": token, "Cookie": f"csrftoken={token}", "Referer": f"{url}/"}
        async with visitor.post(f"{url}/chat/session/", json={}, headers=headers) as response:
            response.raise_for_status()
            ticket = await response.json()
    socket = await session.ws_connect(
        url + ticket["path"], protocols=["causerie.v1", ticket["token"]], headers={"Origin": url}
    )
    await socket.send_str('{"type":"resume","seq":0}')
    return socket


def say(text: str) -> str:
    return orjson.dumps({"type": "message", "client_id": str(uuid.uuid4()), "text": text}).decode()


async def listen(socket: aiohttp.ClientWebSocketResponse, heard: Heard) -> None:
    async for frame in socket:
        if frame.type is not aiohttp.WSMsgType.TEXT:
            return
        event = orjson.loads(frame.data)
        if event["type"] == "turn.delta":
            heard.delta(event["text"])
        elif event["type"] == "turn.progress":
            heard.queued = heard.queued or event["code"] == "queued"
        elif event["type"] in ("turn.completed", "turn.failed"):
            heard.outcome, heard.ended = event["type"].removeprefix("turn."), time.time()
            return


async def crowd(ask: Listener, url: str, *, chats: int, within: float, patience: float) -> list[Heard]:
    """`chats` customers who all ask within `within` seconds; those not answered in time stay "lost"."""
    heard = [Heard() for _ in range(chats)]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def one(number: int) -> None:
            await asyncio.sleep(within * number / chats)
            await ask(session, heard[number], url)

        tasks = [asyncio.create_task(one(number)) for number in range(chats)]
        await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        problems = [
            p for p in await asyncio.gather(*tasks, return_exceptions=True) if isinstance(p, Exception)
        ]
    if problems:
        print(f"  {len(problems)} customers had a problem, the first: {problems[0]!r}")
    return heard
