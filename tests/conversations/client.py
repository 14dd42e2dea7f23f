"""A browser without a screen: keeps what it has seen, comes back, repeats what was not acknowledged.

`history` holds everything it was told, for the checker in tests/faults/history.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import aiohttp
import orjson

from conversations.protocol import event_adapter

PROTOCOL = "causerie.v1"


class Client:
    def __init__(self, port: int, *, assistant: str = "") -> None:
        self.base, self._assistant = f"http://127.0.0.1:{port}", assistant
        self.http: aiohttp.ClientSession | None = None
        self.socket: aiohttp.ClientWebSocketResponse | None = None
        self.history: list[tuple[float, dict[str, Any]]] = []
        self.messages: dict[int, dict[str, Any]] = {}
        self.conversation: dict[str, Any] = {}
        self.conversation_id = ""
        self.seq = 0
        self.oldest = 0  # nothing before this number is shown, as long as there is something; 0: all is
        self.turn: dict[str, Any] | None = None  # id, attempt, text, progress
        self.failed: dict[str, Any] | None = None
        self.unacknowledged: dict[str, dict[str, Any]] = {}
        self.acknowledged: list[str] = []
        self.sent: list[str] = []
        self.streamed: dict[int, dict[int, str]] = {}  # turn → attempt → text as it was seen
        self.close_code: int | None = None
        self._parts: list[dict[str, Any]] = []
        self._keeping: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    async def __aenter__(self) -> Client:
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.leave()
        assert self.http
        await self.http.close()

    # --- coming and going -------------------------------------------------------------------------------

    async def session(self, *, new: bool = False) -> dict[str, Any]:
        assert self.http
        page = await (await self.http.get(f"{self.base}/")).text()
        csrf = re.search(r'data-csrf="([^"]+)"', page)
        headers = {"X-CSRFToken": csrf[1] if csrf else "", "Origin": self.base}
        async with self.http.post(
            f"{self.base}/chat/session/", json={"assistant": self._assistant, "new": new}, headers=headers
        ) as response:
            response.raise_for_status()
            return dict(await response.json())

    async def connect(self, *, resume: bool = True) -> None:
        assert self.http
        session = await self.session()
        self.conversation_id = session["conversation"]
        self.socket = await self.http.ws_connect(
            self.base + session["path"], protocols=[PROTOCOL, session["token"]], origin=self.base
        )
        if resume:
            await self.say({"type": "resume", **self.position()})

    def position(self) -> dict[str, Any]:
        if self.turn is None:
            return {"seq": self.seq}
        return {"seq": self.seq, "turn": self.turn["id"], "attempt": self.turn["attempt"],
                "offset": len(self.turn["text"])}  # fmt: skip

    async def drop(self) -> None:
        """Lose the connection without a word."""
        if self.socket is not None:
            transport = self.socket._writer.transport  # a real loss, not a polite close
            if transport is not None:
                transport.abort()
            with contextlib.suppress(Exception):
                await self.socket.close()
            self.socket = None
        self._parts.clear()

    async def keep_connected(self) -> None:
        """As the page does: read, come back whenever the connection is lost, repeat what waits."""
        self._keeping = asyncio.create_task(self._keep())
        await self.until(lambda: bool(self.conversation))

    async def _keep(self) -> None:
        while True:
            try:
                await self.connect()
                await self._read_and_repeat()
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            await asyncio.sleep(0.15)

    async def _read_and_repeat(self) -> None:
        assert self.socket
        while True:
            for command in list(self.unacknowledged.values()):
                await self.say(command)
            try:
                async with asyncio.timeout(2):
                    while await self.read_one():
                        pass
                    return
            except TimeoutError:
                await self.say({"type": "ping"})

    async def leave(self) -> None:
        if self._keeping:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        await self.drop()

    # --- saying -----------------------------------------------------------------------------------------

    async def say(self, command: dict[str, Any]) -> None:
        assert self.socket
        await self.socket.send_str(orjson.dumps(command).decode())

    async def ask(self, text: str) -> str:
        """Send a message; it is repeated until it is acknowledged. Returns its id."""
        client_id = str(uuid4())
        self.sent.append(client_id)
        self.unacknowledged[client_id] = {"type": "message", "client_id": client_id, "text": text}
        if self.socket is not None and not self.socket.closed:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self.say(self.unacknowledged[client_id])
        return client_id

    async def scroll_back(self) -> None:
        """Until everything is shown, as somebody who scrolls up does."""
        while before := self.oldest:
            await self.say({"type": "earlier", "before": before})
            await self.until(lambda before=before: self.oldest != before)

    # --- being told -------------------------------------------------------------------------------------

    async def read_one(self) -> bool:
        assert self.socket
        frame = await self.socket.receive()
        if frame.type is not aiohttp.WSMsgType.TEXT:
            self.close_code = self.socket.close_code
            return False
        self.apply(orjson.loads(frame.data))
        return True

    async def until(self, condition: Callable[[], bool], *, within: float = 30) -> None:
        """Read until the condition holds (or let `keep_connected` read)."""
        async with asyncio.timeout(within):
            while not condition():
                if self._keeping is None:
                    assert await self.read_one(), f"the socket was closed: {self.close_code}"
                else:
                    self._news.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._news.wait(), 0.2)

    def apply(self, event: dict[str, Any]) -> None:
        event_adapter.validate_json(orjson.dumps(event))  # every event keeps to the schema
        self.history.append((time.monotonic(), event))
        handler = getattr(self, "_" + event["type"].replace(".", "_"), None)
        if handler:
            handler(event)
        self._news.set()

    def _messages_part(self, event: dict[str, Any]) -> None:
        self._parts += event["messages"]

    def _assembled(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        messages, self._parts = [*self._parts, *event["messages"]], []
        return messages

    def _messages_earlier(self, event: dict[str, Any]) -> None:
        messages = self._assembled(event)
        if event["before"] == self.oldest:
            self._begin(messages, earlier=event["earlier"])

    def _begin(self, messages: list[dict[str, Any]], *, earlier: bool) -> None:
        self.oldest = messages[0]["seq"] if earlier else 0
        for message in messages:
            self._see(message)

    def _snapshot(self, event: dict[str, Any]) -> None:
        messages = self._assembled(event)
        if event["whole"]:
            self.messages.clear()
            self._begin(messages, earlier=event["earlier"])
        for message in messages:
            self._see(message)
        self.seq, self.conversation, self.failed = event["seq"], event["conversation"], event["failed"]
        view = event["turn"]
        if view is None:
            self.turn = None
        elif self.turn and (self.turn["id"], self.turn["attempt"]) == (view["id"], view["attempt"]):
            self._write(view["offset"], view["text"])
        else:
            self.turn = {"id": view["id"], "attempt": view["attempt"], "text": view["text"]}
            self._note_stream()

    def _message_posted(self, event: dict[str, Any]) -> None:
        self._see(event["message"])
        self.seq = max(self.seq, event["seq"])

    def _turn_completed(self, event: dict[str, Any]) -> None:
        self._message_posted(event)
        self.turn, self.failed = None, None

    def _turn_started(self, event: dict[str, Any]) -> None:
        self.failed = None
        if self.turn and self.turn["id"] == event["turn"] and self.turn["attempt"] >= event["attempt"]:
            return
        self.turn = {"id": event["turn"], "attempt": event["attempt"], "text": ""}

    def _turn_delta(self, event: dict[str, Any]) -> None:
        assert self.turn is not None, "a delta without a turn"
        assert self.turn["id"] == event["turn"], "a delta of another turn"
        assert self.turn["attempt"] == event["attempt"], "a delta of another attempt"
        self._write(event["offset"], event["text"])

    def _turn_failed(self, event: dict[str, Any]) -> None:
        self.turn, self.failed = None, event

    def _turn_cancelled(self, event: dict[str, Any]) -> None:
        if self.turn and self.turn["id"] == event["turn"]:
            self.turn = None

    def _conversation_changed(self, event: dict[str, Any]) -> None:
        self.conversation = event["conversation"]
        self.seq = max(self.seq, event["seq"])

    def _write(self, offset: int, text: str) -> None:
        assert self.turn is not None
        assert offset <= len(self.turn["text"]), "a gap in the text"
        self.turn["text"] = self.turn["text"][:offset] + text
        self._note_stream()

    def _note_stream(self) -> None:
        assert self.turn is not None
        self.streamed.setdefault(self.turn["id"], {})[self.turn["attempt"]] = self.turn["text"]

    def _see(self, message: dict[str, Any]) -> None:
        if message["seq"] >= self.oldest:
            self.messages[message["id"]] = message
        if (client_id := message["client_id"]) in self.unacknowledged:
            del self.unacknowledged[client_id]
            self.acknowledged.append(client_id)

    # --- looking at what was told ---------------------------------------------------------------------------

    def said(self, kind: str) -> list[str]:
        return [
            m["text"] for m in sorted(self.messages.values(), key=lambda m: m["seq"]) if m["kind"] == kind
        ]

    def messages_turn(self) -> int:
        """The turn of the last answer."""
        return max(m["turn"] for m in self.messages.values() if m["turn"])

    def events(self, type_: str) -> list[dict[str, Any]]:
        return [event for _, event in self.history if event["type"] == type_]

    def sight(self) -> dict[str, Any]:
        """Everything a person would see, for comparison with a fresh snapshot."""
        failed = self.failed and {key: self.failed[key] for key in ("turn", "code")}
        turn = self.turn and {key: self.turn[key] for key in ("id", "attempt")}
        messages = sorted(self.messages.values(), key=lambda m: m["seq"])
        return {"messages": messages, "conversation": self.conversation, "failed": failed, "turn": turn}
