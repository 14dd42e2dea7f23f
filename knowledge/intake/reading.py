"""Ask a reading process what files hold, and start another one after a file that it did not survive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.intake import wire
from knowledge.loaders.base import Found, Place, Refused
from untrusted.confinement import SECONDS
from untrusted.process import Alive, Process, ReadingFailed

__all__ = ["Alive", "Progress", "ReadingFailed", "read_files"]

READER = "knowledge.intake.reader"
MAX_RESTARTS = 100


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
        process = Process(READER, [str(root.resolve()), str(state.unit), str(pages or "-"), *state.skipped])
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


def _follow(process: Process, state: Progress, alive: Alive) -> Iterator[Found]:
    for message in process.messages(lambda: state.seconds, alive):
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
