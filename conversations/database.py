"""Database calls from asynchronous code: a few threads of their own, so that none waits for all."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from chatbot.kept_connections import in_thread, the_loop_lasts

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
_executor = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="database")
SWITCH_SECONDS = 0.001  # Python's own is five times as long


def let_the_loop_go_first() -> None:
    """Where text streams through the event loop, which lasts as long as the process: a thread that computes
    makes room for it sooner, and keeps its connection."""
    the_loop_lasts()
    sys.setswitchinterval(SWITCH_SECONDS)


def in_database(function: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Run `function` in one of the threads."""
    return in_thread(function, _executor)
