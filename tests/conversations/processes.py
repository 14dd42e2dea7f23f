"""The product's web process and responder as children of the tests, on the tests' own database."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.services import child_environment

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0  # on a machine that others use too


class Child:
    """A process that can be killed, stopped, paused and started again under the same address."""

    port = 0  # of one that answers over HTTP

    def __init__(
        self, command: list[str], *, log: Path, ready: Callable[[], bool], **environment: str
    ) -> None:
        self._command, self._log, self._ready = command, log, ready
        self._environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.begin()
        self.wait_until_ready()

    def begin(self) -> None:
        environment = {**child_environment(connection.settings_dict["NAME"]), **self._environment}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONUNBUFFERED": "1",
            "DATABASE_POOL": "6",
            "PGAPPNAME": "child",  # tells its connections from those of the tests
        }
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self._command], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def wait_until_ready(self) -> None:
        eventually(self._is_ready, within=READY_WITHIN, what=f"{self._command} to be ready: {self._log}")

    def _is_ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"{self._command} ended: {self._log.read_text()[-2000:]}")
        return self._ready()

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.send(signal.SIGKILL)
        self.wait()

    def restart_after_kill(self) -> None:
        self.kill()
        self.start()

    def wait(self, timeout: float = 15) -> int:
        assert self.process is not None
        return self.process.wait(timeout)

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.wait()
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def name(self) -> str:
        return self._log.name

    def log(self) -> str:
        return self._log.read_text()


def eventually(condition: Callable[[], bool], *, within: float, what: str) -> None:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within} s for {what}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def web(folder: Path, **environment: str) -> Child:
    port = free_port()
    command = ["manage.py", "web", "--host", "127.0.0.1", "--port", str(port)]
    environment = {"MESSAGES_PER_MINUTE": "10000", "MESSAGES_PER_MINUTE_PER_ADDRESS": "10000"} | environment
    child = Child(command, log=folder / "web.log", ready=lambda: answers(port), **environment)
    child.port = port
    return child


def answers(port: int) -> bool:
    ask = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        ask.request("GET", "/healthz", headers={"Host": "localhost"})
        return ask.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        ask.close()


def responder(folder: Path, *, permits: int = 50, name: str = "responder", **environment: str) -> Child:
    """With the scripted reply of tests/conversations/scripted.py."""
    log = folder / f"{name}.log"
    started = Count(log, "answers up to")
    command = ["-m", "tests.conversations.scripted_process", str(permits)]
    runs = {"SCRIPTED_RUNS": str(folder / "runs")}
    return Child(command, log=log, ready=started.grown, **(runs | environment))


class Count:
    """Whether a line has been written once more since the last time."""

    def __init__(self, path: Path, line: str) -> None:
        self._path, self._line, self._seen = path, line, 0

    def grown(self) -> bool:
        count = self._path.read_text().count(self._line) if self._path.exists() else 0
        if count > self._seen:
            self._seen = count
            return True
        return False


@contextlib.contextmanager
def running(*children: Child) -> Iterator[None]:
    """All of them begin at once, and are ready."""
    try:
        for child in children:
            child.begin()
        for child in children:
            child.wait_until_ready()
        running_children.extend(children)
        yield
    finally:
        for child in reversed(children):
            child.stop()
            if child in running_children:
                running_children.remove(child)


# The responder that the tests of a package share, and everything that runs now.
running_responders: list[Child] = []
running_children: list[Child] = []


@contextlib.contextmanager
def shared(web: Child, responder: Child) -> Iterator[None]:
    """Running for the tests of a package, of which some need the responder to be silent."""
    with running(web, responder):
        running_responders.append(responder)
        try:
            yield
        finally:
            running_responders.remove(responder)


@contextlib.contextmanager
def responders_paused() -> Iterator[None]:
    """Stopped between two transactions: what one had locked would keep the tables from being emptied."""
    try:
        _tell_responders(signal.SIGSTOP)
        for _ in range(100):
            if not running_responders or not _in_a_transaction():
                break
            _tell_responders(signal.SIGCONT)
            time.sleep(0.02)
            _tell_responders(signal.SIGSTOP)
        yield
    finally:
        _tell_responders(signal.SIGCONT)


def _tell_responders(number: signal.Signals) -> None:
    for responder in running_responders:
        responder.send(number)


def _in_a_transaction() -> bool:
    with psycopg.connect(**connection.get_connection_params()) as asking:  # also where a test may not ask
        found = asking.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'child' AND xact_start IS NOT NULL"
        )
        return found.rowcount > 0


@contextlib.contextmanager
def paused_unless_wanted(wanted: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """The product that a package shares takes no turn of a test that did not ask for it (by `wanted`)."""
    with contextlib.ExitStack() as stack:
        if running_responders and wanted not in request.fixturenames:
            stack.enter_context(responders_paused())
        yield


def runs(folder: Path) -> list[str]:
    """The model requests so far (see scripted.py)."""
    path = folder / "runs"
    return path.read_text().splitlines() if path.exists() else []
