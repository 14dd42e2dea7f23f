"""`python -m chatbot.embedded services`: the embedded services, until Ctrl-C or while one command runs."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from chatbot.embedded import embedding, postgres, valkey
from chatbot.embedded.problems import CannotStart


def main() -> int:
    try:
        chosen = _parser().parse_args()
        return int(chosen.run(chosen))
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chatbot.embedded", description=__doc__)
    kinds = parser.add_subparsers(required=True)
    services = kinds.add_parser(
        "services", help="PostgreSQL, Valkey and embeddings, for a command or until Ctrl-C"
    )
    services.add_argument(
        "--folder", type=Path, help="where to keep their files (default: a throw-away folder)"
    )
    services.add_argument("command", nargs="*", help="after --, run with their addresses in its environment")
    services.set_defaults(run=run_services)
    return parser


def run_services(chosen: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as held:
        folder = chosen.folder or Path(held.enter_context(tempfile.TemporaryDirectory(prefix="causerie-")))
        folder = folder.resolve()
        addresses = {
            "DATABASE_URL": held.enter_context(postgres.private(folder / "postgres")),
            "REDIS_URL": held.enter_context(valkey.private(folder / "valkey")),
            "EMBEDDING_BASE_URL": held.enter_context(embedding.private(folder / "embedding")),
        }
        if chosen.command:
            return subprocess.run(chosen.command, env={**os.environ, **addresses}, check=False).returncode
        return _wait(addresses)


def _wait(addresses: Mapping[str, str]) -> int:
    for name, address in addresses.items():
        print(f"export {name}='{address}'", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("stopping", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
