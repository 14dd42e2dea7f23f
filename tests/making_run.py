"""`make run` as a child of the tests, in a state folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMBEDDING_BASE_URL",
    "EMBEDDING_API_KEY",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "SAMPLE_ORDERS_URL",
)
COMMAND = [sys.executable, "-m", "chatbot.embedded", "run"]


class Run:
    """A started `make run` and what it has said."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.said = var.parent / "said"
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=environment(var, port),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait(self, seconds: float = 120) -> str:
        deadline = time.monotonic() + seconds
        while "Ctrl-C stops everything" not in (said := self.said.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def environment(var: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in EMBEDDED}
    kept.update(dict.fromkeys(("OPENAI_API_KEY", "OPENAI_BASE_URL"), ""))
    return {**kept, "VAR_DIR": str(var), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "chatbot.settings"}


def processes_of(var: Path) -> list[str]:
    """Command lines of living processes that were started for this state folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            about = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            name = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(var) in about and name and int(folder.name) != os.getpid():
            found.append(name.replace(b"\0", b" ").decode())
    return found


def gone(var: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(var) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_of(var)
