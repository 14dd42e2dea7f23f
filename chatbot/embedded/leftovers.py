"""Locks that a crash left in PostgreSQL's folders.

PostgreSQL recovers from a lock whose process is gone. It refuses to start when that process id now
belongs to something else of the same user, or when the file was cut short: those are removed here. A
server that really still runs on the folder (we hold the supervisor's lock, so it is ours) is ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

STOP_SECONDS = 20.0


def clear_postgres(data: Path, sockets: Path) -> None:
    lock = data / "postmaster.pid"
    pid = _first_number(lock)
    if pid is not None and _is_postgres_on(pid, data):
        end_process(pid, signal.SIGINT, still_there=lambda: _is_postgres_on(pid, data))
    for path in (lock, sockets / ".s.PGSQL.5432.lock", sockets / ".s.PGSQL.5432"):
        path.unlink(missing_ok=True)


def _first_number(path: Path) -> int | None:
    with suppress(OSError, ValueError, IndexError):
        return int(path.read_text().splitlines()[0])
    return None


def _is_postgres_on(pid: int, data: Path) -> bool:
    command = command_line(pid)
    return "postgres" in command and str(data) in command


def command_line(pid: int) -> str:
    """The command line of a living process, empty when there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if os.path.isdir("/proc/self"):
        return ""
    found = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def end_process(pid: int, number: signal.Signals, *, still_there: Callable[[], bool]) -> None:
    """Signal a process that is not our child, wait for it, kill it when it stays."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
    deadline = time.monotonic() + STOP_SECONDS
    while still_there() and time.monotonic() < deadline:
        time.sleep(0.05)
    if still_there():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
