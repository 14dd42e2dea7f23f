"""The responder as a process: its event loop and its signals."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from conversations.database import let_the_loop_go_first
from conversations.responder.service import Responder
from conversations.responder.work import Reply
from llm import sdk

# Understanding and searching. More threads would answer no sooner (they share one interpreter), and each
# would take its turn from the loop through which all other answers stream.
THREADS = 2


def run(*, reply: Reply, permits: int | None = None, prepare: Callable[[], None] = lambda: None) -> None:
    """Answer until SIGTERM or SIGINT; returns within ten seconds of it. `prepare` loads what replies need."""
    sdk.load()
    prepare()
    let_the_loop_go_first()
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
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="reply"))
    responder = Responder(reply=reply, permits=permits)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, responder.stop)
    await responder.run()
