"""Run the server, in this process's main thread, in a thread of a test, or as a child process."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web

from .control import ModelServer
from .server import build_app
from .tuning import TuningScript
from .tuning_routes import TUNING

ROOT = Path(__file__).resolve().parents[2]


def new_loop() -> asyncio.AbstractEventLoop:
    """uvloop where it exists: the server must never be what a measurement measures."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


async def serve(
    port: int,
    stop: asyncio.Event,
    started: "threading.Event | None" = None,
    ports: list[int] | None = None,
    script: TuningScript | None = None,
) -> None:
    """Serve on 127.0.0.1 until `stop`; the port that was taken goes into `ports`."""
    app = build_app()
    app[TUNING].script = script or TuningScript()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, backlog=2048)
    await site.start()
    taken = runner.addresses[0][1]
    if ports is not None:
        ports.append(taken)
    if started is not None:
        started.set()
    else:
        print(f"http://127.0.0.1:{taken}/v1", flush=True)
    await stop.wait()
    await runner.cleanup()


@contextmanager
def running_in_thread() -> Iterator[ModelServer]:
    """A server inside this process: quick to start, for the tests of one process."""
    loop, stop, started, ports = new_loop(), asyncio.Event(), threading.Event(), list[int]()
    work = serve(0, stop, started, ports)
    thread = threading.Thread(target=loop.run_until_complete, args=[work], name="modelserver", daemon=True)
    thread.start()
    if not started.wait(10):
        raise RuntimeError("the scripted model server did not start")
    try:
        yield ModelServer(f"http://127.0.0.1:{ports[0]}")
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()


@contextmanager
def running_as_process(port: int = 0) -> Iterator[ModelServer]:
    """A server of its own: for load, and for tests of several processes."""
    command = [sys.executable, "-m", "tests.modelserver", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ})
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address.startswith("http"):
            raise RuntimeError("the scripted model server did not start")
        yield ModelServer(address.removesuffix("/v1"), pid=process.pid)
    finally:
        process.terminate()
        process.wait(5)
