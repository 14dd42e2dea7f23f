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


Socket = aiohttp.ClientWebSocketResponse


@dataclass(frozen=True)
class Design:
    """How one opens a chat, and what one says in it."""

    open: Callable[[aiohttp.ClientSession, str], Awaitable[Socket]]
    say: Callable[[], str]


async def open_floor(session: aiohttp.ClientSession, url: str) -> Socket:
    return await session.ws_connect(f"{url}/ws")


async def open_chat(session: aiohttp.ClientSession, url: str) -> Socket:
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


def say() -> str:
    said = {"type": "message", "client_id": str(uuid.uuid4()), "text": "How long does delivery take?"}
    return orjson.dumps(said).decode()


FLOOR = Design(open_floor, say)
PRODUCT = Design(open_chat, say)


async def listen(socket: Socket, heard: Heard) -> None:
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


async def crowd(
    design: Design, url: str, *, chats: int, within: float, patience: float, opened: Callable[[], None]
) -> list[Heard]:
    """`chats` customers with the page open, who all ask within `within` seconds; those not answered in time
    stay "lost". `opened` is called when everybody's page is open."""
    heard = [Heard() for _ in range(chats)]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sockets = await open_all(design, session, url, chats)
        opened()

        async def one(number: int) -> None:
            await asyncio.sleep(within * number / chats)
            heard[number].asked = time.time()
            await sockets[number].send_str(design.say())
            await listen(sockets[number], heard[number])

        tasks = [asyncio.create_task(one(number)) for number in range(chats)]
        await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        problems = [
            p for p in await asyncio.gather(*tasks, return_exceptions=True) if isinstance(p, Exception)
        ]
        await asyncio.gather(*(socket.close() for socket in sockets))
    if problems:
        print(f"  {len(problems)} customers had a problem, the first: {problems[0]!r}")
    return heard


async def stream_all(
    design: Design, url: str, *, chats: int, seconds: float, patience: float, note: Callable[[], None]
) -> tuple[int, int]:
    """(replies that were being written all the time, characters that arrived of them in `seconds`). `note` is
    called when the last of them has begun, and `seconds` later."""
    heard = [Heard() for _ in range(chats)]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sockets = await open_all(design, session, url, chats)
        tasks = [asyncio.create_task(listen(*pair)) for pair in zip(sockets, heard, strict=True)]
        for socket in sockets:
            await socket.send_str(design.say())
        until = time.time() + patience
        while not all(one.first for one in heard) and time.time() < until:  # noqa: ASYNC110  seen often enough
            await asyncio.sleep(0.1)
        note()
        before = [len(one.text) for one in heard]
        await asyncio.sleep(seconds)
        note()
        arrived = [len(one.text) - there for one, there in zip(heard, before, strict=True)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(socket.close() for socket in sockets))
    return sum(map(bool, arrived)), sum(arrived)


async def open_all(design: Design, session: aiohttp.ClientSession, url: str, chats: int) -> list[Socket]:
    """Page after page, a few at a time: opening them is not what is measured."""
    few = asyncio.Semaphore(4)

    async def one() -> Socket:
        async with few:
            return await design.open(session, url)

    sockets = await asyncio.gather(*(one() for _ in range(chats)))
    await asyncio.sleep(1)  # their snapshots
    return sockets
