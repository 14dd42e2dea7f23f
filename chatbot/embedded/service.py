"""What a service is, and how one is spawned, awaited and stopped (the synchronous way, for one service).

The supervisor (supervisor.py) runs many of the same services on an event loop.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from chatbot.embedded.problems import CannotStart

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, kw_only=True)
class Service:
    """One child process.

    It is ready when it has printed `ready_line` (if there is one) and `is_ready()` is true; that may block
    for a second at most and must not raise. What it prints is shown at the terminal where `alert` matches.
    """

    name: str
    command: Sequence[str]
    is_ready: Callable[[], bool] = lambda: True
    ready_line: str = ""
    alert: str = r"\b(ERROR|CRITICAL)\b"
    environment: Mapping[str, str] = field(default_factory=dict)
    identity: str = "own"
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    start_seconds: float = 60.0
    stop_seconds: float = 10.0


def arguments(service: Service) -> list[str]:
    """The command line that turns a child of this very process into the service."""
    own = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(service.death_signal))]
    return [*own, service.identity, "--", *service.command]


def environment(service: Service) -> dict[str, str]:
    return {**os.environ, **service.environment}


def spawn(service: Service, *, log: Path) -> subprocess.Popen[bytes]:
    """Start the service in a session of its own, its output appended to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            arguments(service),
            env=environment(service),
            cwd=service.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes], service: Service) -> None:
    """End the service and whatever it left in its group."""
    signal_group(process.pid, service.stop_signal, leader_only=True)
    try:
        process.wait(service.stop_seconds)
    except subprocess.TimeoutExpired:
        signal_group(process.pid, signal.SIGKILL)
        process.wait()
    signal_group(process.pid, signal.SIGKILL)


def signal_group(pid: int, number: signal.Signals, *, leader_only: bool = False) -> None:
    with suppress(ProcessLookupError, PermissionError):
        (os.kill if leader_only else os.killpg)(pid, number)


def wait_until_ready(process: subprocess.Popen[bytes], service: Service, *, log: Path) -> None:
    deadline = time.monotonic() + service.start_seconds
    while not service.is_ready():
        if process.poll() is not None:
            raise CannotStart(ended_at_once(service, process.returncode, log))
        if time.monotonic() > deadline:
            raise CannotStart(f"{service.name} was not ready in {service.start_seconds:.0f} s: read {log}.")
        time.sleep(0.03)


def ended_at_once(service: Service, code: int, log: Path) -> str:
    return f"{service.name} ended at once (code {code}): {last_line(log)} (all of it: {log})."


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line.strip()[-300:] for line in reversed(lines) if line.strip()), "it said nothing")


@contextmanager
def running(service: Service, *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run one service until the block ends."""
    process = spawn(service, log=log)
    try:
        wait_until_ready(process, service, log=log)
        yield process
    finally:
        stop(process, service)
