"""What the person at the terminal sees: progress, addresses, and of the logs only what needs attention."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import time
from collections import deque
from pathlib import Path

from chatbot.embedded.supervisor import Kept, Supervisor

# A service in trouble repeats itself: this many lines in so many seconds are shown, the log has all.
SHOWN, WITHIN_SECONDS = 5, 60.0
LOG_BYTES = 20_000_000


def say(text: str) -> None:
    print(text, flush=True)


def dim(text: str) -> str:
    return f"\033[2m{text}\033[0m" if sys.stdout.isatty() else text


class Follower:
    """Follows one log and shows the lines that its service marks as alerts."""

    def __init__(self, kept: Kept) -> None:
        self._name = kept.service.name
        self._path = kept.log
        self._alert = re.compile(kept.service.alert)
        self._offset = self._path.stat().st_size if self._path.exists() else 0
        self._shown: deque[float] = deque(maxlen=SHOWN)

    def show_new(self) -> None:
        for line in self._new_lines():
            if self._alert.search(line) and self._may_show():
                say(f"{self._name} │ {line[:300]}")

    def _new_lines(self) -> list[str]:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size <= self._offset:
            self._offset = size
            return []
        with self._path.open("rb") as file:
            file.seek(self._offset)
            text = file.read(1_000_000)
        self._offset += len(text)
        return text.decode(errors="replace").splitlines()

    def _may_show(self) -> bool:
        now = time.monotonic()
        if len(self._shown) == SHOWN and now - self._shown[0] < WITHIN_SECONDS:
            return False
        self._shown.append(now)
        return True


async def follow(supervisor: Supervisor) -> None:
    """Show alerts and keep the logs small, until cancelled."""
    followers = {kept: Follower(kept) for kept in supervisor.running()}
    while True:
        for kept, follower in followers.items():
            follower.show_new()
            rotate(kept.log)
        await asyncio.sleep(0.5)


def rotate(log: Path) -> None:
    """Keep one older log. The service appends to the same file, so it is copied and emptied, not renamed.

    On a full disk the older one is given up: space is what is missing, and nothing may end for it.
    """
    if log.exists() and log.stat().st_size > LOG_BYTES:
        older = log.with_suffix(".log.1")
        try:
            shutil.copyfile(log, older)
        except OSError:
            older.unlink(missing_ok=True)
        with log.open("r+b") as file:
            file.truncate(0)
