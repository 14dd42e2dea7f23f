"""How much a request may bring: more is not kept, and answered with 413 once it has been read past.

Daphne holds a whole body in memory before anything of ours is asked: half a gigabyte from anybody at all.
What is brought in for knowledge comes in pieces (static/knowledge/import.js), so little is enough.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest

USUAL = 4_000_000  # bytes; forms of staff with a long text
OF_FILES = 16_000_000  # a piece of a file, or a few small ones where no script runs
# What customers send, and pictures of cards: who takes them in allows less.
FILES = (b"/admin/knowledge/importrun/", b"/chat/files/", b"/staff/flows/card-pictures/")
LONGEST = 1_000_000_000  # read past no more than this, then hang up
SORRY = "This is more than one request may bring. / C’est plus que ce qu’une requête peut apporter."


class ModestRequest(WebRequest):
    """Forgets a body that is too long, and says so when it is over."""

    most = USUAL
    seen = 0
    too_long = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802 (Twisted's name)
        self.most = OF_FILES if self.channel._path.startswith(FILES) else USUAL
        self.too_long = (length or 0) > self.most
        super().gotLength(0 if self.too_long else length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        self.seen += len(data)
        if self.seen > self.most and not self.too_long:  # of a length that nobody had said
            self.too_long, self.content = True, BytesIO()
        if self.seen > LONGEST:
            self.channel.loseConnection()
        elif not self.too_long:
            super().handleContentChunk(data)

    def process(self) -> None:
        if self.too_long:
            self.basic_error(413, b"Content Too Large", SORRY)
        else:
            super().process()


class ModestFactory(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 (Twisted's name)
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = ModestRequest
        return protocol
