"""The provider's SDK and its transport, loaded when they are first needed.

They take a quarter of the time in which a process starts, and of the four kinds of process only the responder
asks a model all the time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["httpx2", "load", "openai"]


class Later:
    """A module that is imported when something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


if TYPE_CHECKING:
    import httpx2
    import openai
else:
    httpx2, openai = Later("httpx2"), Later("openai")


def load() -> None:
    """Now, for a process whose first question must not wait for it."""
    import_module("openai")
