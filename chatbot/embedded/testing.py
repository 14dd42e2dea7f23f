"""`make test`: the whole suite, and beside it the checks, which take what it leaves of the processors.

Both run to their end, whatever the other finds. What the checks said comes last.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from chatbot.embedded.configuration import ROOT

SUITE = ["-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
CHECK = ["-m", "chatbot.embedded", "check"]


def run(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryFile("w+") as said, _beside(CHECK, said) as check:
        suite = _suite(arguments)
        checked = check.wait()
        said.seek(0)
        print(said.read(), end="", flush=True)
    return suite or checked


def _suite(arguments: Sequence[str]) -> int:
    # Importing this very package has named the product's settings, and pytest would take them for its own.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, *SUITE, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


@contextmanager
def _beside(command: Sequence[str], output: IO[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Gives way to the suite, whose tests wait for answers; ends with us."""
    patient = ["nice", "-n", "10", sys.executable, *command]
    process = subprocess.Popen(patient, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
