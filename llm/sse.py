"""Split a stream of bytes into the data of its server-sent events.

Working on bytes and whole lines makes characters that arrive in two pieces harmless.
"""

from .errors import ModelError

# A token's event is 300 bytes; nothing honest comes near this.
MAX_LINE = 256 * 1024


class EventSplitter:
    """Feed it what arrives; it returns the payload of every complete `data:` line, in order.

    Comments, event names, ids and blank lines are passed over; CRLF and a missing space are accepted.
    """

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """Raise `ModelError("garbled")` for a line longer than `MAX_LINE` bytes."""
        lines = (self._rest + chunk).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MAX_LINE or any(len(line) > MAX_LINE for line in lines):
            raise ModelError("garbled", detail=f"an event of more than {MAX_LINE} bytes")
        return [line[5:].strip() for line in lines if line.startswith(b"data:")]

    def rest(self) -> bytes:
        """What is left when the stream has ended: some servers forget the last line break."""
        rest, self._rest = self._rest, b""
        return rest[5:].strip() if rest.startswith(b"data:") else rest.strip()
