"""One supervisor per folder: whoever holds the lock runs; the file says where."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from chatbot.embedded.leftovers import command_line
from chatbot.embedded.problems import CannotStart

# After a crash the guard holds the lock while it ends what was left (groups.py).
GUARD_SECONDS = 30.0


def take(path: Path, *, address: str) -> IO[str]:
    """Hold the lock until the returned file is closed or this process ends, however it ends."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    deadline = time.monotonic() + GUARD_SECONDS
    while not _lock(file):
        pid, where = _holder(path)
        if command_line(pid) or time.monotonic() > deadline:
            raise CannotStart(f"Causerie already runs here, at {where} (process {pid}): stop that one first.")
        time.sleep(0.1)
    file.truncate(0)
    file.write(f"{os.getpid()} {address}\n")
    file.flush()
    return file


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> tuple[int, str]:
    pid, _, address = path.read_text().strip().partition(" ")
    return (int(pid), address) if pid.isdigit() else (0, "an unknown address")
