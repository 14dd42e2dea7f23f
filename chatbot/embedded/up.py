"""`make run`: everything, in order, until Ctrl-C."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from chatbot.embedded import configuration as configurations
from chatbot.embedded import console, fingerprint, groups, lock, places, processes, reload
from chatbot.embedded.configuration import Configuration
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.services import Services
from chatbot.embedded.supervisor import Supervisor

LEAST_FREE_BYTES = 300_000_000


def run(*, dev: bool = False) -> int:
    """Run until a signal asks to stop; return the exit code."""
    configuration = configurations.read(debug=dev)
    _make_folders(configuration.var)
    with ExitStack() as held:
        run_folder = configuration.var / "run"
        held.enter_context(lock.take(run_folder / "lock", address=configuration.address))
        configurations.check_settings()
        configurations.check_port(configuration)
        groups.sweep(run_folder / "groups.json")
        held.callback(_forget, configuration.var)
        held.callback(_start_guard(configuration.var).communicate)
        held.callback((run_folder / "groups.json").unlink, missing_ok=True)
        return asyncio.run(Up(configuration, dev=dev).run())


def _make_folders(var: Path) -> None:
    try:
        for folder in (var, var / "run", var / "log"):
            places.private_folder(folder)
        (var / "run" / "writable").touch()
    except OSError as problem:
        raise CannotStart(
            f"{problem.filename} may not be written ({problem.strerror}): have its owner run this, or set "
            "VAR_DIR to a folder of your own."
        ) from None
    if (free := shutil.disk_usage(var).free) < LEAST_FREE_BYTES:
        raise CannotStart(f"The disk has only {free // 1_000_000} MB free under {var}: free at least 300 MB.")


def _start_guard(var: Path) -> subprocess.Popen[bytes]:
    """The process that ends everything if this one is killed (groups.py)."""
    files = [var / "run" / "lock", var / "run" / "groups.json", var / "run.env"]
    command = [sys.executable, "-I", "-S", groups.__file__, *map(str, files)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, cwd="/")


def _forget(var: Path) -> None:
    (var / "run.env").unlink(missing_ok=True)


class Up:
    """One run, from the first service to the last that is stopped."""

    def __init__(self, configuration: Configuration, *, dev: bool) -> None:
        self._configuration = configuration
        self._dev = dev
        self._stopping = self._has_set_up = False
        self._began = time.monotonic()
        record = groups.Groups(configuration.var / "run" / "groups.json")
        self._supervisor = Supervisor(logs=configuration.var / "log", groups=record, say=console.say)

    async def run(self) -> int:
        work = asyncio.create_task(self._work())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._interrupt, work)
        try:
            await work
        except asyncio.CancelledError:
            console.say("Stopping …")
        finally:
            await self._supervisor.stop()
        console.say("Stopped.")
        return 0

    def _interrupt(self, work: asyncio.Task[None]) -> None:
        """The first signal stops in order; a further one does not wait."""
        if self._stopping:
            self._supervisor.kill()
        self._stopping = True
        work.cancel()

    async def _work(self) -> None:
        services = Services(self._configuration)
        environment = await services.start(self._supervisor)
        await self._set_up(environment)
        await self._start_product(environment)
        self._welcome()
        async with asyncio.TaskGroup() as group:
            group.create_task(console.follow(self._supervisor))
            if self._dev:
                group.create_task(reload.restart_on_change(self._supervisor))

    async def _set_up(self, environment: dict[str, str]) -> None:
        """Run `manage.py setup` unless nothing changed since it last succeeded."""
        stamp = self._configuration.var / "run" / "set-up"
        if fingerprint.is_current(stamp, await asyncio.to_thread(self._fingerprint, environment)):
            return
        console.say("Setting up the database, the pages and the sample …")
        await self._supervisor.run(processes.command("setup", ["setup"], environment))
        stamp.write_text(await asyncio.to_thread(self._fingerprint, environment))
        self._has_set_up = True

    def _fingerprint(self, environment: dict[str, str]) -> str:
        return fingerprint.now(
            environment["DATABASE_URL"],
            debug=self._configuration.debug,
            sample_orders=environment.get("SAMPLE_ORDERS_URL", ""),
        )

    async def _start_product(self, environment: dict[str, str]) -> None:
        configuration = self._configuration
        await self._supervisor.start(
            processes.web(configuration, environment),
            processes.responder(environment),
            processes.worker(configuration, environment),
            processes.beat(configuration, environment),
        )

    def _welcome(self) -> None:
        address = self._configuration.address
        console.say(f"\nReady in {time.monotonic() - self._began:.1f} s.\n")
        for name, path in (("Chat", "/"), ("Staff", "/staff/"), ("Admin", "/admin/")):
            console.say(f"  {name:<8}{address}{path}")
        console.say(_account(self._configuration.var))
        if self._has_set_up:
            console.say("\n  Articles are being indexed: for a minute answers are not as good as they get.")
        console.say(console.dim(f"\n  Logs in {self._configuration.var / 'log'}. Ctrl-C stops everything.\n"))


def _account(var: Path) -> str:
    """The first account: its password is shown once; it stays in a private file."""
    path, shown = var / "account", var / "run" / "account-shown"
    if not path.exists():
        return "  Account the one you made"
    if shown.exists():
        return f"  Account see {path}"
    shown.touch()
    return "  Account " + " / ".join(path.read_text().split()) + f"  (shown once, kept in {path})"
