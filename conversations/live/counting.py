"""Counting what happens in a window of time, across processes; within this one while Redis is away."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from conversations.live.connections import AWAY, quick

_here: Counter[str] = Counter()
_lock = Lock()


def count_in_window(name: str, *, seconds: int) -> int:
    """How often this name was counted in the present window, this time included. Atomic."""
    key = f"live:count:{name}:{int(time.time() // seconds)}"
    try:
        pipe = quick().pipeline(transaction=False)
        pipe.incr(key)
        pipe.expire(key, 2 * seconds)
        return int(pipe.execute()[0])
    except AWAY:
        return _count_here(key)


def _count_here(key: str) -> int:
    with _lock:
        if len(_here) > 10_000:
            _here.clear()
        _here[key] += 1
        return _here[key]
