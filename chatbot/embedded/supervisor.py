"""Keeps services running: start and wait until ready, restart with back-off, stop in reverse order.

Every service has a session of its own; whatever it leaves behind when it ends is killed with its group.
Children are polled, ten times a second: spawning is then one step that no cancellation can tear apart.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from chatbot.embedded.groups import Groups
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service, ended_at_once, last_line, signal_group, spawn

FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
# A service that lived this long has started well: the next restart is quick again.
STEADY_SECONDS = 10.0
POLL_SECONDS = 0.1

Say = Callable[[str], None]


async def together(*starts: Coroutine[Any, Any, None]) -> None:
    """Await all side by side; when one cannot start, give the others up and raise its sentence."""
    try:
        async with asyncio.TaskGroup() as group:
            for start in starts:
                group.create_task(start)
    except* CannotStart as problems:
        raise problems.exceptions[0] from None


class Kept:
    """One service under supervision."""

    def __init__(self, service: Service, *, log: Path, groups: Groups, say: Say) -> None:
        self.service = service
        self.log = log
        self._groups = groups
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._log_start = 0
        self._restarting = False
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Spawn it and wait until it is ready; raise `CannotStart` when it ends or takes too long."""
        process = self._spawn()
        deadline = time.monotonic() + self.service.start_seconds
        while not await self._is_ready():
            if (code := process.poll()) is not None:
                raise CannotStart(ended_at_once(self.service, code, self.log))
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.service.name} was not ready in time: read {self.log}.")
            await asyncio.sleep(POLL_SECONDS / 2)
        self._keeping = asyncio.create_task(self._keep(process))

    async def run(self) -> int:
        """Run it as a command and return its exit code."""
        return await self._end_of(self._spawn())

    async def restart(self) -> None:
        self._restarting = True
        await self._end()

    async def stop(self) -> None:
        self._stopping.set()
        await self._end()
        if self._keeping:
            await self._keeping
        elif self._process:
            await self._end_of(self._process)

    def kill(self) -> None:
        if self._process and self._process.poll() is None:
            signal_group(self._process.pid, signal.SIGKILL)

    def _spawn(self) -> subprocess.Popen[bytes]:
        self._log_start = self.log.stat().st_size if self.log.exists() else 0
        self._process = spawn(self.service, log=self.log)
        self._groups.remember(self._process.pid, self.service.death_signal)
        return self._process

    async def _is_ready(self) -> bool:
        if self.service.ready_line:
            with self.log.open("rb") as said:
                said.seek(self._log_start)
                if self.service.ready_line.encode() not in said.read():
                    return False
        return await asyncio.to_thread(self.service.is_ready)

    async def _keep(self, process: subprocess.Popen[bytes]) -> None:
        delay = FIRST_DELAY
        while True:
            began = time.monotonic()
            code = await self._end_of(process)
            if not self._restarting and not self._stopping.is_set():
                delay = FIRST_DELAY if time.monotonic() - began > STEADY_SECONDS else delay
                self._say(f"{self.service.name} ended (code {code}), again in {delay:.1f} s: see {self.log}")
                await self._pause(delay)
                delay = min(delay * 2, LONGEST_DELAY)
            if self._stopping.is_set():
                return
            self._restarting = False
            process = self._spawn()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _end_of(self, process: subprocess.Popen[bytes]) -> int:
        """Wait for the end of the process, then end its group."""
        while (code := process.poll()) is None:  # noqa: ASYNC110 (a child has no event to await)
            await asyncio.sleep(POLL_SECONDS)
        signal_group(process.pid, signal.SIGKILL)
        self._groups.forget(process.pid)
        return code

    async def _end(self) -> None:
        """Ask the process to stop; kill its group when it takes longer than it may."""
        if self._process is None or self._process.poll() is not None:
            return
        signal_group(self._process.pid, self.service.stop_signal, leader_only=True)
        deadline = time.monotonic() + self.service.stop_seconds
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                self.kill()
            await asyncio.sleep(POLL_SECONDS / 2)


class Supervisor:
    """All services of a run, in the order in which they were started."""

    def __init__(self, *, logs: Path, groups: Groups, say: Say) -> None:
        self.logs = logs
        self._groups = groups
        self._say = say
        self._stages: list[list[Kept]] = []

    async def start(self, *services: Service) -> None:
        """Start these side by side and return when all are ready."""
        stage = [self._under_care(service) for service in services]
        self._stages.append(stage)
        await together(*(kept.start() for kept in stage))

    async def run(self, service: Service) -> None:
        """Run a command to its end; raise `CannotStart` when it fails."""
        kept = self._under_care(service)
        self._stages.append([kept])
        code = await kept.run()
        self._stages.pop()
        if code != 0:
            raise CannotStart(f"`{service.name}` failed: {last_line(kept.log)} (all of it: {kept.log}).")

    def _under_care(self, service: Service) -> Kept:
        log = self.logs / f"{service.name}.log"
        return Kept(service, log=log, groups=self._groups, say=self._say)

    def running(self) -> list[Kept]:
        return [kept for stage in self._stages for kept in stage]

    async def stop(self) -> None:
        """Stop everything, the last started first."""
        while self._stages:
            await asyncio.gather(*(kept.stop() for kept in self._stages[-1]))
            self._stages.pop()

    def kill(self) -> None:
        for kept in self.running():
            kept.kill()
