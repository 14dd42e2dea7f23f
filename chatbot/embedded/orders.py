"""The sample company's order service as a child process, for its tools to have something to call."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatbot.embedded import places
from chatbot.embedded.answering import is_healthy
from chatbot.embedded.configuration import ROOT
from chatbot.embedded.service import Service, running

PROGRAM = ROOT / "actions" / "sample_service.py"


def url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def kept_port(path: Path) -> int:
    """The port of the last run, which the tools name, if it is still free; else another, which is kept."""
    try:
        port = int(path.read_text())
    except (OSError, ValueError):
        port = 0
    if port not in places.PRIVATE_PORTS or places.why_not("127.0.0.1", port):
        port = places.free_port()
        places.write_private(path, f"{port}\n")
    return port


def service(port: int) -> Service:
    command = [sys.executable, "-I", str(PROGRAM), str(port)]
    return Service(name="sample-orders", command=command, is_ready=lambda: is_healthy(port))


@contextmanager
def private(directory: Path, *, port: int | None = None) -> Iterator[str]:
    """Run one whose log is in `directory`; yield its address."""
    places.private_folder(directory)
    port = port or places.free_port()
    with running(service(port), log=directory / "orders.log"):
        yield url(port)
