"""A reading process, and what it says: one JSON object on each line of its standard output.

It runs one module of ours that calls `confinement.confine()` before it opens a file, and knows none of our
settings, keys or addresses. Whoever asks it is told when it has said nothing for too long.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

HOME = Path(__file__).resolve().parent.parent  # where our modules are found
GRACE = 10.0  # seconds beside the processor's: starting, waiting for a disk
TICK = 2.0  # seconds between two signs of life to the caller while a file is being read
BLOCK = 65_536
MAX_MESSAGE = 16_000_000  # bytes of one line

Alive = Callable[[], object]


class ReadingFailed(Exception):
    """The reading process cannot be started or does not say what it should. `permanent` is False."""

    permanent = False


class Process:
    """`module` runs with `arguments`; `end()` ends it, whatever it is doing."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        self.late = False
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115  (a pipe would fill up)
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", module, *arguments],
            cwd=HOME,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            start_new_session=True,
        )

    def messages(self, seconds: Callable[[], float], alive: Alive = lambda: None) -> Iterator[dict[str, Any]]:
        """What it says, until it is silent for longer than twice `seconds()` of the processor would take."""
        buffer = bytearray()
        for block in self._blocks(seconds, alive):
            buffer += block
            *lines, rest = bytes(buffer).split(b"\n")
            buffer = bytearray(rest)
            if len(buffer) > MAX_MESSAGE:
                return
            for line in lines:
                yield orjson.loads(line)

    def _blocks(self, seconds: Callable[[], float], alive: Alive) -> Iterator[bytes]:
        """What comes on standard output, until its end or until nothing has come for too long."""
        assert self.process.stdout is not None
        heard = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            shown = heard
            while True:
                ready = selector.select(timeout=TICK)
                if time.monotonic() - shown > TICK:
                    shown = time.monotonic()
                    alive()
                if ready:
                    block = os.read(self.process.stdout.fileno(), BLOCK)
                    if not block:
                        return
                    heard = time.monotonic()
                    yield block
                elif time.monotonic() - heard > 2 * seconds() + GRACE:
                    self.late = True
                    return

    def end(self) -> None:
        """Also what it has started itself (an OCR engine)."""
        if not self.late:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=1)  # it may be about to say why
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def reason(self) -> str:
        """The code of what ended it in the middle of a file."""
        code = self.process.returncode
        if self.late or code == -signal.SIGXCPU:
            return "took_too_long"
        return "reader_failed"

    def complaint(self) -> str:
        self.complaints.seek(0)
        said = self.complaints.read(4000).decode(errors="replace").strip()
        return said.splitlines()[-1] if said else f"the reading process ended with {self.process.returncode}"


def environment() -> dict[str, str]:
    """Nothing of ours but where Python finds itself: no keys, no addresses of services."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "HOME", "TMPDIR", "SYSTEMROOT", "PYTHONPYCACHEPREFIX")
        if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
