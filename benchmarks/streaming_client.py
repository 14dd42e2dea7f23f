"""Many customers at once, for `benchmarks/streaming.py`: asks, and notes when each token arrives.

The model server writes the time of emission as each token's text, so that delay = receipt - emission, with
both clocks on one machine.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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
            break
        event = orjson.loads(frame.data)
        if event["type"] == "turn.delta":
            heard.delta(event["text"])
        elif event["type"] == "turn.progress":
            heard.queued = heard.queued or event["code"] == "queued"
        elif event["type"] in ("turn.completed", "turn.failed"):
            heard.outcome, heard.ended = event["type"].removeprefix("turn."), time.time()
            return
    heard.outcome = f"closed ({socket.close_code})"


@dataclass(frozen=True)
class Customer:
    """With the page open. It listens from then on: who does not answer pings is thrown out."""

    socket: Socket
    heard: Heard
    listening: asyncio.Task[None]

    async def ask(self, design: Design) -> None:
        self.heard.asked = time.time()
        await self.socket.send_str(design.say())


async def crowd(
    design: Design, url: str, *, chats: int, within: float, patience: float, opened: Callable[[], None]
) -> list[Heard]:
    """`chats` customers with the page open, who all ask within `within` seconds; those not answered in time
    stay "lost". `opened` is called when everybody's page is open."""
    async with customers(design, url, chats) as here:
        opened()

        async def one(number: int, customer: Customer) -> None:
            await asyncio.sleep(within * number / chats)
            await customer.ask(design)

        await asyncio.gather(*(one(*pair) for pair in enumerate(here)))
        await asyncio.wait([customer.listening for customer in here], timeout=patience)
    return [customer.heard for customer in here]


async def stream_all(
    design: Design, url: str, *, chats: int, seconds: float, patience: float, note: Callable[[], None]
) -> tuple[int, int]:
    """(replies that were being written all the time, characters that arrived of them in `seconds`). `note` is
    called when the last of them has begun, and `seconds` later."""
    async with customers(design, url, chats) as here:
        await asyncio.gather(*(customer.ask(design) for customer in here))
        until = time.time() + patience
        while not all(one.heard.first for one in here) and time.time() < until:  # noqa: ASYNC110  seen in time
            await asyncio.sleep(0.1)
        note()
        before = [len(one.heard.text) for one in here]
        await asyncio.sleep(seconds)
        note()
        arrived = [len(one.heard.text) - there for one, there in zip(here, before, strict=True)]
    return sum(map(bool, arrived)), sum(arrived)


@asynccontextmanager
async def customers(design: Design, url: str, count: int) -> AsyncIterator[list[Customer]]:
    """Page after page, a few at a time: opening them is not what is measured."""
    few = asyncio.Semaphore(4)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one() -> Customer:
            async with few:
                socket, heard = await design.open(session, url), Heard()
            return Customer(socket, heard, asyncio.create_task(listen(socket, heard)))

        here = await asyncio.gather(*(one() for _ in range(count)))
        await asyncio.sleep(1)  # their snapshots
        yield here
        for customer in here:
            customer.listening.cancel()
        await asyncio.gather(*(customer.listening for customer in here), return_exceptions=True)
        await asyncio.gather(*(customer.socket.close() for customer in here))
