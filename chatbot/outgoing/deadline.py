"""One end for everything: looking the name up, every redirect, every byte. Pure.

Time limits for each step, as HTTP libraries have them, let a server that drips bytes go on for ever.
"""

from __future__ import annotations

from time import monotonic

from chatbot.outgoing.errors import OutgoingError


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain. Raises OutgoingError when there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise OutgoingError("too_slow")
        return left
