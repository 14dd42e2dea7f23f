"""Which process groups this run started, and their end when the supervisor is gone.

Used in two ways: the supervisor records and forgets groups; and as a script of the standard library it is
the guard, a child in a session of its own that waits until the supervisor has died (its end of a pipe is
closed) and then ends every group that is still recorded. If the guard was killed too, the next start does
it. A process is ours only if it started when we recorded that it did: ids are used again.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

STOP_SECONDS = 20.0


class Groups:
    """The recorded groups: process id → when it started and what ends it, in one private file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[int, dict[str, Any]] = {}

    def remember(self, pid: int, end_signal: int) -> None:
        self.known[pid] = {"pid": pid, "started": started_at(pid), "signal": int(end_signal)}
        self._write()

    def forget(self, pid: int) -> None:
        if self.known.pop(pid, None):
            self._write()

    def _write(self) -> None:
        draft = self.path.with_name(self.path.name + ".new")
        draft.write_text(json.dumps({"boot": boot_id(), "groups": list(self.known.values())}))
        draft.replace(self.path)


def boot_id() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""


def started_at(pid: int) -> str:
    """When the process started, in words that only its own life gives; empty when it is gone."""
    if sys.platform == "linux":
        with suppress(OSError, IndexError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return "" if fields[0] == "Z" else fields[19]
        return ""
    found = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def sweep(path: Path) -> int:
    """End the recorded groups that still live; return how many there were."""
    groups = [group for group in _recorded(path) if _lives(group)]
    for group in groups:
        _signal(group, group["signal"])
    deadline = time.monotonic() + STOP_SECONDS
    while any(_lives(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in groups:
        _signal(group, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(groups)


def _recorded(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return []
    return found["groups"] if found["boot"] == boot_id() else []


def _lives(group: dict[str, Any]) -> bool:
    """Whether the group is still the one we recorded: its leader lives, or only what the leader left does.

    A group's number is not given to a new process while the group has members.
    """
    now = started_at(group["pid"])
    if now:
        return bool(now == group["started"])
    return _has_members(group["pid"])


def _has_members(number: int) -> bool:
    """Whether the group has a living process; the dead that nobody collected do not count."""
    if sys.platform == "linux":
        return any(_group_of(path) == number for path in Path("/proc").glob("[0-9]*/stat"))
    try:
        os.killpg(number, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _group_of(path: Path) -> int:
    with suppress(OSError, IndexError, ValueError):
        state, _, group = path.read_text().rpartition(")")[2].split()[:3]
        return 0 if state == "Z" else int(group)
    return 0


def _signal(group: dict[str, Any], number: int) -> None:
    """SIGINT (PostgreSQL's orderly end) goes to the leader, everything else to the whole group."""
    if not _lives(group):
        return
    with suppress(ProcessLookupError, PermissionError):
        (os.kill if number == signal.SIGINT else os.killpg)(group["pid"], number)


def guard(lock: Path, record: Path, *others: Path) -> None:
    """Wait for the supervisor's end; when it left groups behind, end them and remove its files.

    The supervisor's lock is taken meanwhile; if a new supervisor has it already, the sweeping is its own.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    if not record.exists():  # it ended in order
        return
    with lock.open() as held:
        if _locks(held) and record.exists():
            sweep(record)
            for path in others:
                path.unlink(missing_ok=True)


def _locks(file: IO[str]) -> bool:
    """Try for a moment: a dying supervisor may close its pipe just before it lets go of the lock."""
    for _ in range(20):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    guard(*(Path(argument) for argument in sys.argv[1:]))
