"""Staff who watch live conversations: from what happens to what they see of it.

    python -m benchmarks.watching                          # 20 staff, 100 conversations, a minute
    python -m benchmarks.watching --staff 5 --chats 25 --seconds 20

The product (web, responder, PostgreSQL, Valkey, embedding server) shares all cores with customers, staff and
the model server; `--one-core` keeps it on core 0, and all others off it. Each customer asks every `--every`
seconds, and the answer is written at 20 tokens a second. Each member of staff has the inbox open and in it
one of the conversations, and does what the page does: the list is fetched whenever the socket says so, and no
sooner after the last time than static/staff/inbox/fresh.js waits. Questions and tokens carry the time at
which they were sent: a delay ends when staff have received what the browser draws. Drawing is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from benchmarks import streaming_client as client
from benchmarks.streaming import OTHER_CORE, READ, Address, percentile, unlimited
from benchmarks.streaming_processes import Group
from tests.modelserver.running import running_as_process

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "static" / "staff" / "inbox" / "fresh.js"
PAUSE, EASY = (
    int(re.findall(rf"{name} = ([\d_]+)", PAGE.read_text("utf-8"))[0]) / 1000 for name in ("PAUSE", "EASY")
)
TOKENS, RATE = 60, 20
ASKED = re.compile(r"How long does delivery take, ([a-j]{16})\?")
LETTERS = str.maketrans("0123456789", "abcdefghij")  # a number would be taken for what is asked about
DIGITS = str.maketrans("abcdefghij", "0123456789")
PASSWORD = "watching-the-list"
MAKE_STAFF = """
from accounts.models import User
for number in range({count}):
    User.objects.create_user(f"staff{{number}}", password="{password}")
"""


@dataclass
class Seen:
    """Delays in seconds."""

    questions: list[float] = field(default_factory=list)  # in the conversation that is open
    tokens: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)  # a question in the list
    fetches: list[float] = field(default_factory=list)
    failed: int = 0


class Member:
    """One of the staff, with the inbox open."""

    def __init__(self, session: aiohttp.ClientSession, url: str, seen: Seen) -> None:
        self.session, self.url, self.seen = session, url, seen
        self.changed = asyncio.Event()
        self.shown: set[str] = set()
        self.pause = PAUSE

    async def sign_in(self, name: str) -> None:
        async with self.session.get(f"{self.url}/staff/") as page:
            address = str(page.url)
            token = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', await page.text())[0]
        said = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
        async with self.session.post(address, data=said, headers={"Referer": address}) as answer:
            answer.raise_for_status()
            if "sign-in" in str(answer.url):
                raise RuntimeError(f"{name} could not sign in")

    async def watch_list(self) -> None:
        async with self.session.ws_connect(
            f"{self.url}/ws/staff/inbox/", protocols=["causerie.v1"], headers={"Origin": self.url}
        ) as socket:
            await socket.send_str('{"type":"look","query":""}')
            async for frame in socket:
                event = orjson.loads(frame.data)
                if event["type"] == "inbox.changed":
                    self.changed.set()
                elif event["type"] == "inbox.rows":
                    self.pause = EASY
                    self.see("".join(event["rows"].values()))

    async def fetch_list(self) -> None:
        while True:
            await self.changed.wait()
            self.changed.clear()
            begun = time.time()
            async with self.session.get(f"{self.url}/staff/list/?") as answer:
                page, now = await answer.text(), time.time()
                self.seen.failed += answer.status != 200
            self.seen.fetches.append(now - begun)
            self.see(page)
            await asyncio.sleep(self.pause)

    def see(self, rows: str) -> None:
        for stamp in set(ASKED.findall(rows)) - self.shown:
            self.shown.add(stamp)
            self.seen.rows.append(time.time() - when(stamp))

    async def watch_conversation(self, key: str) -> None:
        heard = client.Heard()
        async with self.session.ws_connect(
            f"{self.url}/ws/staff/{key}/", protocols=["causerie.v1"], headers={"Origin": self.url}
        ) as socket:
            await socket.send_str('{"type":"resume","seq":0}')
            async for frame in socket:
                event = orjson.loads(frame.data)
                if event["type"] == "turn.started":
                    heard = client.Heard()
                elif event["type"] == "turn.delta":
                    heard.delta(event["text"])
                elif event["type"] == "turn.completed":
                    self.seen.tokens += heard.delays()
                elif event["type"] == "message.posted" and event["message"]["kind"] == "customer":
                    for stamp in ASKED.findall(event["message"]["html"]):
                        self.seen.questions.append(time.time() - when(stamp))


def say() -> str:
    stamp = str(int(time.time() * 1e6)).translate(LETTERS)
    said = {"client_id": str(uuid.uuid4()), "text": f"How long does delivery take, {stamp}?"}
    return orjson.dumps({"type": "message", **said}).decode()


def when(stamp: str) -> float:
    return int(stamp.translate(DIGITS)) / 1e6


async def talk(customer: client.Socket, first: float, every: float) -> None:
    await asyncio.sleep(first)
    while True:
        await customer.send_str(say())
        await asyncio.sleep(every)


async def drain(customer: client.Socket) -> None:
    async for _frame in customer:
        pass


async def live(
    address: Address, *, staff: int, chats: int, every: float, seconds: float
) -> tuple[Seen, Counter[str]]:
    """What was seen, and the CPU seconds of each process in these seconds."""
    url, group = address
    seen, connector = Seen(), aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(job) for job in await talking(session, url, chats, every)]
        await asyncio.sleep(every + 2)  # everybody has said something before staff look
        members = [Member(visitor(connector), url, seen) for _ in range(staff)]
        for number, member in enumerate(members):
            await member.sign_in(f"staff{number}")
        for member, key in zip(members, await keys_of(members[0], staff), strict=True):
            jobs = member.watch_list(), member.fetch_list(), member.watch_conversation(key)
            running.extend(map(tasks.create_task, jobs))
        await asyncio.sleep(5)
        for measured in (seen.questions, seen.tokens, seen.rows, seen.fetches):
            measured.clear()
        before = group.cpu()
        await asyncio.sleep(seconds)
        spent = group.cpu() - before
        for task in running:
            task.cancel()
    for member in members:
        await member.session.close()
    return seen, spent


async def talking(
    session: aiohttp.ClientSession, url: str, chats: int, every: float
) -> list[Coroutine[Any, Any, None]]:
    """Customers with their page open, and what they do."""
    few = asyncio.Semaphore(4)

    async def opened() -> client.Socket:
        async with few:
            return await client.open_chat(session, url)

    here = await asyncio.gather(*(opened() for _ in range(chats)))
    asking = [talk(one, every * place / chats, every) for place, one in enumerate(here)]
    return [*asking, *map(drain, here)]


def visitor(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    jar = aiohttp.CookieJar(unsafe=True)  # the host is an address
    return aiohttp.ClientSession(connector=connector, connector_owner=False, cookie_jar=jar)


async def keys_of(member: Member, count: int) -> list[str]:
    async with member.session.get(f"{member.url}/staff/list/?") as page:
        found = re.findall(r'id="row-([0-9a-f-]{36})"', await page.text())
    return [found[number % len(found)] for number in range(count)]


def report(seen: Seen, spent: Counter[str], seconds: float) -> None:
    print("| from | to | n | p50 ms | p95 ms | p99 ms | most ms |")
    print("|---|---|---|---|---|---|---|")
    for what, delays in (
        ("a customer's words | the open conversation", seen.questions),
        ("a token of the model | the open conversation", seen.tokens),
        ("a customer's words | the list", seen.rows),
        ("asking for the list | having it", seen.fetches),
    ):
        figures = [percentile(delays, share) * 1000 for share in (0.5, 0.95, 0.99)]
        most = max(delays, default=float("nan")) * 1000
        print(f"| {what} | {len(delays)} | " + " | ".join(f"{one:.0f}" for one in [*figures, most]) + " |")
    each = ", ".join(
        f"{name} {cpu / seconds:.0%}" for name, cpu in spent.most_common() if cpu / seconds >= 0.005
    )
    print(
        f"\nof one core: {each}; {seen.failed} fetches failed; "
        f"pauses of {PAUSE:.2g} s, {EASY:.2g} s while rows are told"
    )


@contextmanager
def staffed(model_url: str, folder: Path, staff: int) -> Iterator[Address]:
    with unlimited(model_url, folder, RESPONDER_PERMITS="200", REWRITE_MODEL="rewriter") as address:
        environment = dict(next(iter(address[1].processes.values())).environ())
        for process in address[1].processes.values():
            environment |= process.environ() if "DATABASE_URL" in process.environ() else {}
        code = MAKE_STAFF.format(count=staff, password=PASSWORD)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=environment, check=True
        )
        yield address


def spread(group: Group) -> None:
    """Over all cores again."""
    for process in group.everyone():
        for thread in process.threads():
            os.sched_setaffinity(thread.id, range(os.cpu_count() or 1))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--one-core", action="store_true")
    parser.add_argument("--staff", type=int, default=20)
    parser.add_argument("--chats", type=int, default=100)
    parser.add_argument(
        "--every", type=float, default=30.0, help="seconds between two questions of a customer"
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    if chosen.one_core:
        os.sched_setaffinity(0, {OTHER_CORE})
    with tempfile.TemporaryDirectory(prefix="causerie-watch-") as home, running_as_process() as model:
        folder = Path(home) / "run"
        with staffed(model.url, folder, chosen.staff) as address:
            if not chosen.one_core:
                spread(address[1])
            written = {"model": "scripted", "count": TOKENS, "stamped": True, "cited": True, "pace": RATE}
            model.script(READ, written)
            watching = live(
                address, staff=chosen.staff, chats=chosen.chats, every=chosen.every, seconds=chosen.seconds
            )
            seen, spent = asyncio.run(watching)
    report(seen, spent, chosen.seconds)


if __name__ == "__main__":
    main()
