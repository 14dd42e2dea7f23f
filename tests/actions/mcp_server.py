"""An MCP server as others write them: `python -m tests.actions.mcp_server PORT`."""

from __future__ import annotations

import sys
from typing import Literal

from mcp.server.mcpserver import MCPServer

server = MCPServer("Shop")
asked: list[str] = []


@server.tool(title="Find an order")
def find_order(number: str, details: bool = False) -> dict[str, str | int]:
    """Look up an order by its number."""
    asked.append(number)
    return {"number": number, "status": "sent", "asked": len(asked)}


@server.tool()
def say(text: str, tone: Literal["warm", "plain"] = "plain") -> str:
    """Say it back."""
    return f"{text}\u202e ({tone}) to carla@shop.example"


@server.tool()
def fails(number: int) -> str:
    raise ValueError("no such thing")


@server.tool()
def sleeps() -> str:
    import time

    time.sleep(4)
    return "awake"


@server.tool()
def pours(lists: list[int]) -> str:
    return "a" * 2_000_000


if __name__ == "__main__":
    server.run("streamable-http", port=int(sys.argv[1]))
