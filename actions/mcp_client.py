"""Speaking with an MCP server through the guarded door: which tools it has, and calling one.

Runs in a thread with an event loop of its own. The library is loaded when it is first needed: half a second.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from actions.errors import ActionError
from chatbot.outgoing import OutgoingError

T = TypeVar("T")
MOST_PAGES = 10
MOST_TOOLS = 200
STATUSES = {401: "unauthorised", 403: "forbidden", 404: "not_found", 429: "too_many"}


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    headers: Mapping[str, str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Offered:
    """A tool as the server describes it."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    reads_only: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    data: Any
    text: str
    failed: bool = False


def list_tools(server: Server) -> list[Offered]:
    """Raises ActionError or OutgoingError."""

    async def ask(client: Any) -> list[Offered]:
        found: list[Offered] = []
        cursor = None
        for _page in range(MOST_PAGES):
            page = await client.list_tools(cursor=cursor)
            found += [_offered(tool) for tool in page.tools]
            cursor = page.next_cursor
            if not cursor or len(found) >= MOST_TOOLS:
                break
        return found[:MOST_TOOLS]

    return _with(server, ask)


def call_tool(server: Server, name: str, arguments: Mapping[str, Any]) -> Answered:
    """Raises ActionError or OutgoingError."""

    async def ask(client: Any) -> Answered:
        return _answered(await client.call_tool(name, dict(arguments)))

    return _with(server, ask)


def _with(server: Server, ask: Callable[[Any], Awaitable[T]]) -> T:
    import mcp.client.client  # takes a while, which is not the server's
    import mcp.client.streamable_http  # noqa: F401

    from chatbot.outgoing.client import Guarded

    transport = Guarded(seconds=server.seconds)
    try:
        return asyncio.run(_asking(server, transport, ask))
    except (ActionError, OutgoingError):
        raise
    except TimeoutError:
        raise OutgoingError("too_slow") from None
    except Exception as error:  # noqa: BLE001 (boundary: the library raises groups and classes of many kinds)
        if transport.trouble:
            raise transport.trouble from None
        raise _refusal(transport.status, error) from None


async def _asking(server: Server, transport: Any, ask: Callable[[Any], Awaitable[T]]) -> T:
    from mcp.client.client import Client
    from mcp.client.streamable_http import streamable_http_client

    from chatbot.outgoing.client import guarded_client

    async with (
        asyncio.timeout(server.seconds),
        guarded_client(transport, server.headers) as http,
        Client(streamable_http_client(server.url, http_client=http, terminate_on_close=False)) as client,
    ):
        return await ask(client)


def _refusal(status: int, error: Exception) -> ActionError:
    if status in STATUSES:
        return ActionError(STATUSES[status], sent=True)
    if status >= 500:
        return ActionError("server_error", str(status), sent=True)
    if 300 <= status < 400:
        return ActionError("redirected", sent=True)
    return ActionError("not_mcp", type(error).__name__, sent=True)


def _offered(tool: Any) -> Offered:
    return Offered(
        name=str(tool.name)[:200],
        title=str(tool.title or tool.name)[:80],
        description=str(tool.description or "")[:1000],
        schema=tool.input_schema if isinstance(tool.input_schema, Mapping) else {},
        reads_only=bool(tool.annotations and tool.annotations.read_only_hint),
    )


def _answered(result: Any) -> Answered:
    """Structured content where there is some, else its texts; of these JSON as data."""
    texts = [block.text for block in result.content if getattr(block, "type", "") == "text"]
    text = "\n".join(texts)
    data = result.structured_content
    if data is None:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = {"text": text}
    return Answered(data, text or json.dumps(data, default=str), bool(result.is_error))
