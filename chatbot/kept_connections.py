"""Database work in threads that keep their connections."""

from __future__ import annotations

import select
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync
from channels.db import DatabaseSyncToAsync
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


def in_thread(function: Callable[P, T], executor: Executor | None = None) -> Callable[P, Awaitable[T]]:
    """Run `function` in a thread of `executor` (None: the event loop's own). The thread keeps its connection
    in the processes that have a pool; elsewhere it is closed afterwards."""
    pooled = "pool" in connection.settings_dict["OPTIONS"]
    kind: Any = KeepingItsConnection if pooled else DatabaseSyncToAsync
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
            if connection.errors_occurred:
                connection.close()


def _was_cut() -> bool:
    """Whether PostgreSQL has said goodbye: on a connection that waits for nothing, whatever comes is that."""
    if connection.connection is None:
        return False
    poll = select.poll()
    poll.register(connection.connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
