"""The guarded door for a library that brings its own protocol (MCP): a client of the HTTP library whose every
request goes through `fetch`. Imported only by who calls somebody, as exchanging.py.

Answers come whole: what streams is read to its end. A stream that the server would open for its own messages
is not asked for (405), since it has no end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

import httpx2

from chatbot.outgoing.deadline import Deadline
from chatbot.outgoing.errors import OutgoingError
from chatbot.outgoing.fetching import MEGABYTE, OURS, fetch

REMADE = {"content-encoding", "content-length", "transfer-encoding", "connection"}


class Guarded(httpx2.AsyncBaseTransport):
    """One deadline for all requests. `trouble` keeps why one failed: libraries wrap what they catch."""

    def __init__(self, *, seconds: float, limit_bytes: int = MEGABYTE) -> None:
        self._deadline = Deadline(seconds)
        self._limit_bytes = limit_bytes
        self.trouble: OutgoingError | None = None
        self.status = 0  # of the last answer

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            return httpx2.Response(405, request=request)
        body = await request.aread()
        headers = {name: value for name, value in request.headers.items() if name not in OURS}
        try:
            ask = partial(
                fetch, str(request.url), method=request.method, headers=headers, body=body or None,
                limit_bytes=self._limit_bytes, seconds=self._deadline.left(), follow=lambda _url: False,
            )  # fmt: skip
            fetched = await asyncio.to_thread(ask)
        except OutgoingError as error:
            self.trouble = error
            raise httpx2.ConnectError(error.code) from None
        self.status = fetched.status
        kept = {name: value for name, value in fetched.headers.items() if name not in REMADE}
        return httpx2.Response(fetched.status, headers=kept, content=fetched.body, request=request)


def guarded_client(transport: Guarded, headers: Mapping[str, str]) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=transport, headers=dict(headers), trust_env=False, timeout=None)
