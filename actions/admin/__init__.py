"""Tools, MCP servers and calls in the admin site."""

from actions.admin import calls, servers, tools

__all__ = ["calls", "servers", "tools"]
