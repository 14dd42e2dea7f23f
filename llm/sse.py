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

    __slots__ = ("_rest", "bytes_seen")

    def __init__(self) -> None:
        self._rest = b""
        self.bytes_seen = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """Raise `ModelError("garbled")` for a line longer than `MAX_LINE` bytes."""
        self.bytes_seen += len(chunk)
        buffer = self._rest + chunk
        lines = buffer.split(b"\n")
        if len(buffer) > MAX_LINE:
            _check_length(max(map(len, lines)))
        self._rest = lines.pop()
        return [line[5:].strip() for line in lines if line.startswith(b"data:")]

    def rest(self) -> list[bytes]:
        """What is left when the stream has ended: some servers forget the last line break."""
        rest, self._rest = self._rest, b""
        return [rest[5:].strip()] if rest.startswith(b"data:") else []


class WholeBody:
    """The same for a server that ignores `stream` and sends the answer as one JSON object."""

    __slots__ = ("_parts", "bytes_seen")

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.bytes_seen = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        self.bytes_seen += len(chunk)
        _check_length(self.bytes_seen)
        self._parts.append(chunk)
        return []

    def rest(self) -> list[bytes]:
        return [b"".join(self._parts)] if self._parts else []


def _check_length(length: int) -> None:
    if length > MAX_LINE:
        raise ModelError("garbled", detail=f"an event of more than {MAX_LINE} bytes")
