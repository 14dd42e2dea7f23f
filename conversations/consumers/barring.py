"""Who may not stay at a socket, and how the page is told: by a close code, after the socket was accepted."""

from __future__ import annotations

from conversations.refusals import Refused

EXPIRED = 4401  # a customer's token is too old: the page asks for a new one
SIGNED_OUT = 4403  # staff have to sign in again
GONE = 4404  # there is no such conversation (any more), or none that this visitor may see


class Barred(Refused):
    def __init__(self, close: int) -> None:
        super().__init__("not_found")
        self.close = close
