"""Streaming, measured: CPU per token, first word, delay and memory, against the floor in the same run.

    python -m benchmarks.streaming                 # 50 and 200 replies, then 1,000 asks in a second
    python -m benchmarks.streaming --chats 50

Every process of a design (for the product: web, responder, PostgreSQL, Valkey, embedding server) is pinned to
core 0; the model server and the customers share core 1. Everybody has the page open before the first
question is asked. `CPU/token` divides all CPU of the design from then on by the tokens. `one more token` is
what a token costs while all replies are being written, and `per turn` what a reply costs besides its tokens:
receiving, search, storing.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks import streaming_client as client
from benchmarks import streaming_processes as processes
from tests.modelserver.control import ModelServer
from tests.modelserver.running import running_as_process

CORE, OTHER_CORE = 0, 1
LENGTH = 150  # tokens
LONG = 10_000  # tokens of replies that are still being written when the last of them has begun
WINDOW = 5.0  # seconds
READ = {"form": "Meaning", "delay": 0.4}  # what the customer means: from a small model
CHARACTERS = 17  # of a stamped token
HEADS = (
    "design",
    "replies × tokens",
    "answered, all seen as written",
    "CPU/token",
    "first word p50 / p99 ms",
    "delay p50 / p99 ms",
)
STORM_PATIENCE = (
    600  # seconds: a slow core answers a few in a second, and only then it can be said who was lost
)
Address = tuple[str, processes.Group]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else float("nan")


def warm(design: client.Design, address: Address) -> None:
    """One reply that is not counted: the first of a process loads what all others use."""
    crowd = client.crowd(design, address[0], chats=2, within=0.1, patience=60, opened=lambda: None)
    asyncio.run(crowd)


def measure(
    design: client.Design, address: Address, chats: int, *, patience: float = 120
) -> tuple[float, list[client.Heard]]:
    """(CPU seconds of the design from the first question on, what each customer heard)."""
    url, group = address
    group.pin()
    spent = [group.cpu()]

    def opened() -> None:
        spent.append(group.cpu())

    crowd = client.crowd(design, url, chats=chats, within=1.0, patience=patience, opened=opened)
    heard = asyncio.run(crowd)
    time.sleep(1.0)
    spent.append(group.cpu())
    opening, answering = spent[1] - spent[0], spent[2] - spent[1]
    each = ", ".join(f"{name} {cpu / chats * 1e3:.1f}" for name, cpu in answering.most_common())
    print(f"  opening a page: {opening.total() / chats * 1e3:.1f} ms of CPU; a reply: {each} ms")
    return answering.total(), heard


def report(name: str, cpu: float, heard: list[client.Heard], tokens: int) -> None:
    delays = [delay * 1000 for one in heard for delay in one.delays()]
    first = [(one.first - one.asked) * 1000 for one in heard if one.first]
    whole = sum(len(one.delays()) >= tokens for one in heard)
    done = sum(one.outcome == "completed" for one in heard)
    each = cpu / (len(heard) * tokens) * 1e6
    print(
        f"| {name} | {len(heard)} × {tokens} | {done}, {whole} | {each:.0f} µs "
        f"| {percentile(first, 0.5):.0f} / {percentile(first, 0.99):.0f} "
        f"| {percentile(delays, 0.5):.0f} / {percentile(delays, 0.99):.0f} |",
        flush=True,
    )


def streams(
    name: str, design: client.Design, address: Address, model: ModelServer, chats: int, rate: int
) -> float:
    """Measure and print; the seconds of CPU that one more token costs."""
    warm(design, address)
    model.script(READ, {"count": LENGTH, "stamped": True, "cited": True, "pace": rate})
    cpu, heard = measure(design, address, chats)
    report(name, cpu, heard, LENGTH)
    model.script(READ, {"count": LONG, "stamped": True, "cited": True, "pace": rate})
    token = one_more_token(design, address, chats)
    turn = cpu / chats - token * LENGTH
    print(f"  {name}: one more token {token * 1e6:.0f} µs, per turn {turn * 1e3:.1f} ms")
    return token


def one_more_token(design: client.Design, address: Address, chats: int) -> float:
    url, group = address
    spent: list[float] = []

    def note() -> None:
        spent.append(group.cpu().total())

    streaming = client.stream_all(design, url, chats=chats, seconds=WINDOW, patience=150, note=note)
    writing, characters = asyncio.run(streaming)
    print(f"  {writing} of {chats} replies were written all the time")
    return (spent[1] - spent[0]) / (characters / CHARACTERS)


def storm(address: Address, model: ModelServer, asks: int) -> None:
    """Everybody at once: none may be lost."""
    warm(client.PRODUCT, address)
    model.script(READ, {"count": 20, "stamped": True, "cited": True, "pace": 50})
    started = time.time()
    _, heard = measure(client.PRODUCT, address, asks, patience=STORM_PATIENCE)
    outcomes = {outcome: sum(h.outcome == outcome for h in heard) for outcome in {h.outcome for h in heard}}
    waits = [h.ended - h.asked for h in heard if h.ended]
    print(
        f"\n{asks} asks in a second: {outcomes}, {sum(h.queued for h in heard)} were told their place, "
        f"all done after {time.time() - started:.0f} s; answer median {statistics.median(waits):.1f} s, "
        f"slowest {max(waits):.1f} s"
    )


def memory(address: Address, sockets: int) -> None:
    url, group = address
    before = group.memory("web")

    async def hold() -> int:
        async with client.customers(client.PRODUCT, url, sockets) as held:
            return (group.memory("web") - before) // len(held)

    print(
        f"memory per idle socket ({sockets} of them): {asyncio.run(hold()) / 1024:.0f} KB in the web process"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chats", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--rate", type=int, default=50, help="tokens a second and reply")
    parser.add_argument("--asks", type=int, default=1000, help="the storm; 0: none")
    parser.add_argument("--sockets", type=int, default=500, help="idle ones; 0: none")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {OTHER_CORE})
    with tempfile.TemporaryDirectory(prefix="causerie-bench-") as home, running_as_process() as model:
        folder = Path(home)
        print("| " + " | ".join(HEADS) + " |")
        print("|---|---|---|---|---|---|")
        for chats in chosen.chats:
            with processes.floor(model.url, folder, CORE) as address:
                floor = streams("floor", client.FLOOR, address, model, chats, chosen.rate)
            with unlimited(model.url, folder / str(chats), **long_replies(chats)) as address:
                product = streams("product", client.PRODUCT, address, model, chats, chosen.rate)
                print(f"  product/floor: {product / floor:.2f} × the CPU for one more token")
        with unlimited(model.url, folder / "storm") as address:
            if chosen.sockets:
                memory(address, chosen.sockets)
            if chosen.asks:
                storm(address, model, chosen.asks)


def long_replies(chats: int) -> dict[str, str]:
    """All of them are written at the same time, and still are when the last has begun."""
    patient = {"REPLY_BUDGET_SECONDS": "600", "TURN_MAX_SECONDS": "660"}
    return {"RESPONDER_PERMITS": str(chats + 10), **patient}


def unlimited(model_url: str, folder: Path, **settings: str) -> AbstractContextManager[Address]:
    """The product with the limits per visitor's address out of the way: all customers here share one."""
    folder.mkdir(exist_ok=True)
    limits = {"MESSAGES_PER_MINUTE_PER_ADDRESS": "1000000", "SESSIONS_PER_MINUTE_PER_ADDRESS": "1000000"}
    return processes.product(model_url, folder, CORE, **limits, **settings)


if __name__ == "__main__":
    main()
