"""One SDK client per provider, process and event loop: connections are kept, and never leak.

A client per request exhausts sockets; a client shared between event loops hangs. Retries are ours
(`max_retries=0`), because the SDK's multiply its timeouts.
"""

from __future__ import annotations

import asyncio
import os
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from weakref import WeakKeyDictionary

from django.conf import settings

from chatbot.outgoing.connecting import tls_context

from .sdk import httpx2, openai

CONNECT, READ, WRITE, POOL = 5.0, 20.0, 10.0, 5.0
# More connections than replies may run, so that the pool is never what a reply waits for.
SPARE_CONNECTIONS = 100

_Provider = tuple[str | None, str]
_by_loop: WeakKeyDictionary[AbstractEventLoop, dict[_Provider, openai.AsyncOpenAI]] = WeakKeyDictionary()


def async_client(base_url: str | None, api_key: str) -> openai.AsyncOpenAI:
    """The client of the running event loop for this provider."""
    clients = _by_loop.setdefault(asyncio.get_running_loop(), {})
    provider = (base_url, api_key)
    if provider not in clients:
        clients[provider] = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key,
            max_retries=0,
            http_client=openai.DefaultAioHttpClient(
                timeout=timeout(READ), limits=_limits(), verify=tls_context()
            ),
        )
    return clients[provider]


@lru_cache(maxsize=16)
def sync_client(base_url: str | None, api_key: str, read: float = READ) -> openai.OpenAI:
    """The client of this process for this provider; `read` is the longest silence allowed, in seconds."""
    return openai.OpenAI(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        http_client=openai.DefaultHttpxClient(timeout=timeout(read), limits=_limits(), verify=tls_context()),
    )


async def post(base_url: str, api_key: str, path: str, body: dict[str, object], *, read: float) -> bytes:
    """What the provider answers to a request that the SDK has no method for."""
    client = async_client(base_url, api_key)
    answer = await client.post(path, cast_to=httpx2.Response, body=body, options={"timeout": timeout(read)})
    return answer.content


async def close_clients() -> None:
    """Close the running loop's connections; call it before the loop ends."""
    for client in _by_loop.pop(asyncio.get_running_loop(), {}).values():
        await client.close()


@contextmanager
def own_loop() -> Iterator[asyncio.Runner]:
    """An event loop for code that has none, whose clients are closed before it ends.

    On the server's loop, where `async_to_sync` would go, it would share clients with whoever else asks, and
    could not close them.
    """
    with asyncio.Runner() as runner:
        try:
            yield runner
        finally:
            runner.run(close_clients())


def forget_clients() -> None:
    """Drop every client without closing it: after a fork its sockets belong to the parent."""
    _by_loop.clear()
    sync_client.cache_clear()


os.register_at_fork(after_in_child=forget_clients)


def timeout(read: float) -> openai.Timeout:
    """The SDK's timeout when the provider may be silent for `read` seconds."""
    return openai.Timeout(connect=CONNECT, read=read, write=WRITE, pool=POOL)


def _limits() -> httpx2.Limits:
    most = settings.RESPONDER_PERMITS + SPARE_CONNECTIONS
    return httpx2.Limits(max_connections=most, max_keepalive_connections=most, keepalive_expiry=30)
