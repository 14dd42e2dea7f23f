"""Progress on the command line: one line that is rewritten on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import shutil
import time
from typing import Protocol

EVERY_SECONDS = 5.0  # in a file or a pipe, where nothing can be rewritten
CLEAR = "\r\x1b[2K"


class Output(Protocol):
    """Django's wrapper of a stream, as commands have it."""

    def isatty(self) -> bool: ...
    def write(self, msg: str = "", style_func: None = None, ending: str | None = None) -> None: ...
    def flush(self) -> None: ...


class ProgressLine:
    def __init__(self, output: Output) -> None:
        self._output = output
        self._told, self._told_at = "", -EVERY_SECONDS

    def show(self, words: str) -> None:
        if self._output.isatty():
            # A line that is wrapped cannot be taken back.
            self._output.write(CLEAR + words[: shutil.get_terminal_size().columns - 1], ending="")
            self._output.flush()
        elif words != self._told and time.monotonic() - self._told_at >= EVERY_SECONDS:
            self._write(words)

    def end(self, words: str) -> None:
        """The last line, which stays."""
        if self._output.isatty():
            self._output.write(CLEAR + words)
        elif words != self._told:
            self._write(words)

    def clear(self) -> None:
        """Nothing of it stays, where it can be taken back."""
        if self._output.isatty():
            self._output.write(CLEAR, ending="")
            self._output.flush()

    def _write(self, words: str) -> None:
        self._told, self._told_at = words, time.monotonic()
        self._output.write(words)
        self._output.flush()
