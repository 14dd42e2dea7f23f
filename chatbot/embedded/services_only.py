"""The embedded services alone, for a developer or a benchmark: until Ctrl-C, or while one command runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chatbot.embedded import embedding, orders, postgres, valkey


def run(*, folder: Path | None, command: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with private_services(folder) as addresses:
        if command:
            return subprocess.run(command, env={**os.environ, **addresses}, check=False).returncode
        return _wait(addresses)


@contextmanager
def private_services(folder: Path | None = None) -> Iterator[dict[str, str]]:
    """All of them, in `folder` or in one that is thrown away; yield their variables."""
    with ExitStack() as held:
        home = folder or Path(held.enter_context(tempfile.TemporaryDirectory(prefix="causerie-")))
        yield {
            "DATABASE_URL": held.enter_context(postgres.private(home.resolve() / "postgres")),
            "REDIS_URL": held.enter_context(valkey.private(home.resolve() / "valkey")),
            "EMBEDDING_BASE_URL": held.enter_context(embedding.private(home.resolve() / "embedding")),
            "SAMPLE_ORDERS_URL": held.enter_context(orders.private(home.resolve() / "orders")),
        }


def _wait(addresses: Mapping[str, str]) -> int:
    for name, address in addresses.items():
        print(f"export {name}='{address}'", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 0
