"""`do`: have an action done for a conversation. What a flow or a model asks for comes through here.

Once begun it runs to its end, whatever becomes of the reply that wanted it, so that the log knows what came
of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone

from actions import calls
from actions.calls import Elsewhere
from actions.declared import Done
from actions.starting import carry_out, start
from chatbot.kept_connections import in_thread

P = ParamSpec("P")
T = TypeVar("T")

CALLS = 32  # that wait for other servers at the same time, in one process
LOOK_AGAIN = 0.25  # seconds, at a call that another process has begun
_starting = ThreadPoolExecutor(max_workers=2, thread_name_prefix="actions")
_calling = ThreadPoolExecutor(max_workers=CALLS, thread_name_prefix="action")
_under_way: set[asyncio.Future[Done]] = set()


async def do(
    name: str,
    given: Mapping[str, Any],
    *,
    key: str,
    customer: Mapping[str, Any] | None,
    conversation: str,
    now: datetime,
) -> Done:
    """The same `key` of a conversation is never done twice: it gets what came of it the first time.

    `customer` are the facts known of whoever writes; `verified` among them is what lets them use what is for
    signed-in customers only. `now` is the company's local time.
    """
    doing = asyncio.ensure_future(
        _do(name, given, key=key[:300], customer=customer, conversation=str(conversation), now=now)
    )
    _under_way.add(doing)  # the loop itself would forget it
    doing.add_done_callback(_under_way.discard)
    return await asyncio.shield(doing)


async def _do(name: str, given: Mapping[str, Any], **more: Any) -> Done:
    begun = await _in_thread(start, _starting)(name, given, **more)
    if isinstance(begun, Elsewhere):
        return await _wait(begun)
    return begun if isinstance(begun, Done) else await _in_thread(carry_out, _calling)(begun)


def _in_thread(function: Callable[P, T], executor: ThreadPoolExecutor) -> Callable[P, Awaitable[T]]:
    """Without keeping a connection: most of the time such a thread waits for another server, or for work."""
    return in_thread(function, executor, keep=False)


async def _wait(there: Elsewhere) -> Done:
    while timezone.now() < there.until:
        if done := await _in_thread(calls.what_came_of, _starting)(there.call):
            return done
        await asyncio.sleep(LOOK_AGAIN)
    return Done(ok=False, error="busy")


async def is_under_way(key: str, *, conversation: str) -> bool:
    """Whether it was begun and its end is not known."""
    return await _in_thread(calls.is_under_way, _starting)(key[:300], str(conversation))


async def came_of(key: str, *, conversation: str) -> Done | None:
    """What came of it, if it has been done."""
    return await _in_thread(calls.came_of, _starting)(key[:300], str(conversation))
