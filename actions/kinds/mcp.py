"""Tools of MCP servers: the same settings as HTTP tools, another way to call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.answers import Part, kinds_of, take
from actions.declared import Brought, Declared, Order
from actions.errors import ActionError
from actions.kinds.rows import arguments_of, common
from actions.mcp_client import Server, call_tool
from actions.models import McpServer, Tool
from actions.models.tools import taken_of
from actions.redacting import MOST_SHOWN, redacted_text, without
from actions.sealing import CannotUnseal, unseal


@dataclass(frozen=True, slots=True)
class McpTool:
    url: str
    auth: str
    auth_name: str
    sealed: str
    remote_name: str
    parts: tuple[Part, ...]


class Mcp:
    name = "mcp"

    def find(self, name: str) -> Declared | None:
        tool = Tool.objects.whole().filter(key=name[:64], server__isnull=False).first()
        return declared_of(tool) if tool else None

    def all(self, tools: Sequence[Tool]) -> list[Declared]:
        return [declared_of(tool) for tool in tools if tool.server is not None]

    def perform(self, declared: Declared, order: Order) -> Brought:
        tool: McpTool = declared.how
        secret = secret_of(tool.sealed)
        server = Server(tool.url, authorization(tool.auth, tool.auth_name, secret), declared.seconds)
        answered = call_tool(server, tool.remote_name, order.values)
        shown = redacted_text(answered.text[:MOST_SHOWN], secrets=[secret])
        try:
            if answered.failed:
                raise ActionError("tool_error", sent=True)
            return Brought(without(take(answered.data, tool.parts), secret), shown)
        except ActionError as error:
            error.shown = shown
            raise


def declared_of(tool: Tool) -> Declared:
    server = tool.server
    assert server is not None  # it is what makes a tool one of this kind
    parts = tuple(Part(one.name, one.path, one.kind, one.required) for one in taken_of(tool))
    return Declared(
        **common(tool), kind=Mcp.name, arguments=arguments_of(tool), takes=tuple(part.name for part in parts),
        kinds=kinds_of(parts),
        how=McpTool(server.url, server.auth, server.auth_name, server.secret, tool.remote_name, parts),
    )  # fmt: skip


def server_of(row: McpServer, seconds: float) -> Server:
    return Server(row.url, authorization(row.auth, row.auth_name, secret_of(row.secret)), seconds)


def authorization(auth: str, name: str, secret: str) -> dict[str, str]:
    if auth == "key":
        return {name.lower(): secret}
    return {"authorization": f"Bearer {secret}"} if auth == "bearer" else {}


def secret_of(sealed: str) -> str:
    try:
        return unseal(sealed)
    except CannotUnseal:
        raise ActionError("secret_lost") from None
