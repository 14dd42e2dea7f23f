"""A product of one's own to break: web process, responders, and a Valkey that may be killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from chatbot.embedded import valkey
from tests.conversations import processes
from tests.conversations.client import Client
from tests.conversations.processes import Child, eventually
from tests.faults.history import check


class Redis:
    """A private Valkey with its append-only file, as `make run` starts it."""

    def __init__(self, home: Path) -> None:
        self._prepared = valkey.prepare(home, port=processes.free_port(), durable=True)
        self.url = self._prepared.url
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [valkey.binary(), str(self._home / "valkey.conf")]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._home)
        eventually(self._prepared.is_ready, within=10, what="Valkey")

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait(5)

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.kill()

    def ask(self, *words: str) -> None:
        """Send one command, such as FLUSHALL."""
        with socket.create_connection(("127.0.0.1", self._prepared.port), timeout=5) as connection:
            connection.sendall(f"AUTH {self._prepared.password}\r\n{' '.join(words)}\r\n".encode())
            time.sleep(0.1)
            connection.recv(1000)


class Stage:
    def __init__(
        self,
        folder: Path,
        *,
        responders: int = 1,
        own_redis: bool = False,
        permits: int = 60,
        queue_limit: int = 0,
    ) -> None:
        self.folder = folder
        self.redis = Redis(folder / "redis") if own_redis else None
        place = {"REDIS_URL": self.redis.url if self.redis else os.environ["REDIS_URL"]}
        place["QUEUE_LIMIT"] = str(queue_limit)
        self.web = processes.web(folder, **place)
        self.responders = [
            processes.responder(folder, name=f"responder{n}", permits=permits, **place)
            for n in range(responders)
        ]
        # A scenario starts it.
        self.spare = processes.responder(folder, name="spare", permits=permits, **place)

    @property
    def port(self) -> int:
        return int(self.web.port)

    @property
    def children(self) -> list[Child]:
        return [self.web, *self.responders]

    @contextlib.contextmanager
    def running(self) -> Iterator[Stage]:
        if self.redis:
            self.redis.start()
        try:
            with processes.running(*self.children):
                yield self
        finally:
            self.spare.stop()
            if self.redis:
                self.redis.stop()

    def requests(self) -> int:
        return len(processes.runs(self.folder))

    @asynccontextmanager
    async def customers(self, count: int) -> AsyncIterator[list[Client]]:
        """So many customers, connected and coming back whenever they are thrown out."""
        async with AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(Client(self.port)) for _ in range(count)]
            await asyncio.gather(*(client.keep_connected() for client in clients))
            yield clients

    async def _await(self, scenario: Callable[[Stage], Awaitable[list[Client]]]) -> list[Client]:
        return await scenario(self)

    def play(self, scenario: Callable[[Stage], Awaitable[list[Client]]], *, retries: int = 0) -> list[Client]:
        """Run a scenario against the running product; then nothing may have been lost."""
        with self.running():
            clients = asyncio.run(self._await(scenario))
            violations = check(clients, requests=self.requests(), retries=retries)
            assert not violations, violations
        return clients


async def ask_all(clients: list[Client], text: str) -> None:
    await asyncio.gather(*(client.ask(text) for client in clients))


async def in_the_middle(clients: list[Client], *, characters: int = 40) -> None:
    """Until every customer has seen the beginning of an answer."""
    await asyncio.gather(
        *(
            client.until(lambda c=client: bool(c.turn and len(c.turn["text"]) > characters))
            for client in clients
        )
    )


async def answered(clients: list[Client], *, count: int = 1, within: float = 60) -> float:
    """Until every customer has so many answers; how many seconds that took."""
    begun = time.monotonic()
    await asyncio.gather(
        *(
            client.until(lambda c=client: len(c.said("assistant")) >= count, within=within)
            for client in clients
        )
    )
    return time.monotonic() - begun
