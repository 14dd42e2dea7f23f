"""The responder as a process: its event loop and its signals."""

from __future__ import annotations

import asyncio
import signal

from conversations.responder.service import Responder
from conversations.responder.work import Reply


def run(*, reply: Reply, permits: int | None = None) -> None:
    """Answer until SIGTERM or SIGINT; returns within ten seconds of it."""
    with asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(_serve(reply, permits))


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:  # a platform without uvloop
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


async def _serve(reply: Reply, permits: int | None) -> None:
    responder = Responder(reply=reply, permits=permits)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, responder.stop)
    await responder.run()
