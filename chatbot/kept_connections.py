"""Database work in threads that keep their connections."""

from __future__ import annotations

import select
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

from asgiref.sync import SyncToAsync
from channels.db import DatabaseSyncToAsync
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")

_keeping: WeakSet[threading.Thread] = WeakSet()
_lock = threading.Lock()
_lasts = False


def the_loop_lasts() -> None:
    """Said by a process that serves in one event loop, in its main thread, until it ends."""
    global _lasts
    _lasts = True


def in_thread(
    function: Callable[P, T], executor: Executor | None = None, *, keep: bool = True
) -> Callable[P, Awaitable[T]]:
    """Run `function` in a thread of `executor` (None: the event loop's own). The thread keeps its connection
    in the processes that have a pool, as long as that leaves half of it to everybody else; elsewhere, and
    where `keep` says so, it is given back afterwards.

    Only in an event loop that lasts as long as its process (`the_loop_lasts`): the threads of another one end
    with it, and what they had kept would never come back to the pool.
    """
    keep = keep and _lasts and threading.current_thread() is threading.main_thread()
    kind: Any = KeepingItsConnection if keep and _pool() else DatabaseSyncToAsync
    awaitable: Any = kind(function, thread_sensitive=False, executor=executor)
    return awaitable


class KeepingItsConnection(SyncToAsync[..., Any]):
    """Channels' own gives it back each time; a trip to the pool and its question whether PostgreSQL is still
    there cost as much as a small query."""

    def thread_handler(self, loop: Any, *args: Any, **kwargs: Any) -> Any:
        if _was_cut():
            connection.close()
        try:
            return super().thread_handler(loop, *args, **kwargs)
        finally:
            if connection.errors_occurred or not _may_keep():
                connection.close()


def _pool() -> dict[str, int] | None:
    return connection.settings_dict["OPTIONS"].get("pool")


def _may_keep() -> bool:
    """Whoever comes first. A pool that threads have kept whole would leave all others waiting for ever."""
    pool, thread = _pool(), threading.current_thread()
    with _lock:
        if pool and thread not in _keeping and len(_keeping) < pool["max_size"] // 2:
            _keeping.add(thread)
        return thread in _keeping


def _was_cut() -> bool:
    """Whether PostgreSQL has said goodbye: on a connection that waits for nothing, whatever comes is that."""
    if connection.connection is None:
        return False
    poll = select.poll()
    poll.register(connection.connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
