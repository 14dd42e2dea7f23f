"""Whether a model is waited for: whoever prepares a few replies at a time goes on with others meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Of the task that prepares, and of what it begins: told True before it waits, and False when it goes on.
told: ContextVar[Callable[[bool], None] | None] = ContextVar("told", default=None)


@contextmanager
def waiting() -> Iterator[None]:
    tell = told.get()
    if tell is None:
        yield
        return
    tell(True)
    try:
        yield
    finally:
        tell(False)
