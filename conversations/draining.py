"""Whether this process is about to end and takes no new visitors."""

from threading import Event

_begun = Event()


def begin() -> None:
    _begun.set()


def begun() -> bool:
    return _begun.is_set()
