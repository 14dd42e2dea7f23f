"""Ask a reading process what files hold, and start another one after a file that it did not survive."""

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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from knowledge.intake import wire
from knowledge.intake.confinement import SECONDS
from knowledge.loaders.base import Found, Place, Refused

READER = "knowledge.intake.reader"
GRACE = 10.0  # seconds beside the processor's: starting, waiting for a disk
TICK = 2.0  # seconds between two signs of life to the caller while a file is being read
BLOCK = 65_536
MAX_MESSAGE = 16_000_000  # bytes of one line
MAX_RESTARTS = 100

Alive = Callable[[], object]


@dataclass
class Progress:
    """How far reading is: units are files, or exports of several files. `unit` is the one being read."""

    units: int = 0
    unit: int = 0
    name: str = ""
    assets: int = 0
    claiming: str = ""
    skipped: list[str] = field(default_factory=list)  # importers that ended the process
    ended: bool = False
    seconds: float = field(default=SECONDS)


class ReadingFailed(Exception):
    """The reading process cannot be started or does not say what it should. `permanent` is False."""

    permanent = False


def read_files(
    root: Path,
    *,
    first: int = 0,
    pages: Path | None = None,
    progress: Progress | None = None,
    alive: Alive = lambda: None,
) -> Iterator[Found]:
    """What the files under a path hold, from unit `first` on; `progress` is kept up to date.

    `pages` is a file with the addresses of those that are pages of the web, by their names.
    `alive` is called at least every few seconds; what it raises ends the reading.
    """
    state = progress if progress is not None else Progress()
    state.unit = first
    for _attempt in range(MAX_RESTARTS):
        process = _Process(root, state.unit, pages, state.skipped)
        try:
            yield from _follow(process, state, alive)
        finally:
            process.end()
        if state.ended:
            return
        if state.name:
            yield Refused(Place(state.name), process.reason(), {"seconds": int(state.seconds)})
            state.unit, state.name = state.unit + 1, ""
        elif state.claiming:
            state.skipped.append(state.claiming)
        else:
            raise ReadingFailed(process.complaint())
    raise ReadingFailed("too many files in a row ended the reading process")


def _follow(process: _Process, state: Progress, alive: Alive) -> Iterator[Found]:
    for message in process.messages(state, alive):
        if "units" in message:
            state.units, state.assets = message["units"], message["assets"]
            state.claiming = ""
        elif "claiming" in message:
            state.claiming = message["claiming"]
        elif "unit" in message:
            state.unit, state.name = message["unit"], message["name"]
            state.seconds = message["seconds"]
        elif "end" in message:
            state.ended = True
        elif (found := wire.unpack(message)) is not None:
            yield found


class _Process:
    """One reading process and what it says."""

    def __init__(self, root: Path, first: int, pages: Path | None, skipped: Sequence[str]) -> None:
        self.late = False
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115  (a pipe would fill up)
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", READER, str(root.resolve()), str(first), str(pages or "-"), *skipped],
            cwd=settings.BASE_DIR,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            start_new_session=True,
        )

    def messages(self, state: Progress, alive: Alive) -> Iterator[dict[str, Any]]:
        buffer = bytearray()
        for block in self._blocks(state, alive):
            buffer += block
            *lines, rest = bytes(buffer).split(b"\n")
            buffer = bytearray(rest)
            if len(buffer) > MAX_MESSAGE:
                return
            for line in lines:
                yield orjson.loads(line)

    def _blocks(self, state: Progress, alive: Alive) -> Iterator[bytes]:
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
                elif time.monotonic() - heard > 2 * state.seconds + GRACE:
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


def _environment() -> dict[str, str]:
    """Nothing of ours but where Python finds itself: no keys, no addresses of services."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "HOME", "TMPDIR", "SYSTEMROOT", "PYTHONPYCACHEPREFIX")
        if name in os.environ
    }
    return {
        **kept,
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }
