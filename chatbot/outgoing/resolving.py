"""Names become addresses once, and all of them are checked: what is connected to is what was checked."""

from __future__ import annotations

import queue
import socket
import threading

from chatbot.outgoing.allowed import permits
from chatbot.outgoing.deadline import Deadline
from chatbot.outgoing.errors import OutgoingError
from chatbot.outgoing.networks import read_address
from chatbot.outgoing.targets import Target


def addresses_of(target: Target, deadline: Deadline) -> tuple[str, ...]:
    """Raises OutgoingError when one of them is forbidden, and when none is known: silence is no consent."""
    if target.literal:
        return (target.host,)
    found = look_up(target.host, target.port, deadline)
    if not found:
        raise OutgoingError("dns_failed")
    for text in found:
        address = read_address(text)
        if address is None or not permits(target.host, address, target.port):
            raise OutgoingError("forbidden_address")
    return tuple(found)


def look_up(name: str, port: int, deadline: Deadline) -> list[str]:
    """Beside us, because the system's resolver knows no time limit; one that takes too long is left alone."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_ask(name, port)), name="look-up", daemon=True).start()
    try:
        return answers.get(timeout=deadline.left())
    except queue.Empty:
        raise OutgoingError("dns_failed") from None


def _ask(name: str, port: int) -> list[str]:
    """Nothing when it fails in whatever way."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
