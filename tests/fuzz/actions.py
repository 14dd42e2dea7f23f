"""The forms and query strings of the actions' pages in the admin site (see test_forms.py)."""

from __future__ import annotations

from typing import Any

QUERIES: dict[str, str] = {
    "/admin/actions/tool/": (
        "q p o enabled__exact changes__exact verified_only__exact in_free_conversation__exact "
        "server__id__exact"
    ),
    "/admin/actions/tool/{tool}/try/": "call",
    "/admin/actions/mcpserver/": "q p o",
    "/admin/actions/call/": "q p o state__exact action__exact error__exact at__gte at__lt",
    "/admin/actions/call/approvals/": "page",
}
_TOOL_FIELDS = (
    "name key description enabled method url headers auth auth_name new_secret remove_secret body_as body "
    "seconds changes verified_only in_free_conversation per_minute words_en words_fr "
    "parameters-TOTAL_FORMS parameters-0-name parameters-0-label parameters-0-kind parameters-0-place "
    "parameters-0-choices parameters-0-own parameters-0-description taken-TOTAL_FORMS taken-0-name "
    "taken-0-path taken-0-kind"
)
FORMS: dict[str, str] = {
    "/admin/actions/tool/add/": _TOOL_FIELDS,
    "/admin/actions/tool/{tool}/change/": _TOOL_FIELDS,
    "/admin/actions/tool/": "action _selected_action select_across index",
    "/admin/actions/tool/{tool}/try/": "wish really try-number",
    "/admin/actions/tool/{tool}/switch/": "enabled",
    "/admin/actions/tool/{tool}/duplicate/": "key",
    "/admin/actions/mcpserver/add/": "name url auth auth_name new_secret remove_secret",
    "/admin/actions/mcpserver/{mcp_server}/change/": "name url auth auth_name new_secret remove_secret",
    "/admin/actions/mcpserver/{mcp_server}/list/": "url",
    "/admin/actions/call/{call}/decide/": "decision reason",
}
_TOOL = {
    "name": "Find", "key": "find", "method": "POST", "url": "https://shop.example/{number}", "auth": "none",
    "body_as": "json", "body": '{"a": "{number}"}', "headers": "X-A: {number}", "changes": "reads",
    "per_minute": "5", "seconds": "5", "parameters-TOTAL_FORMS": "1", "parameters-INITIAL_FORMS": "0",
    "parameters-0-name": "number", "parameters-0-kind": "text", "parameters-0-place": "path",
    "parameters-0-required": "on", "taken-TOTAL_FORMS": "1", "taken-INITIAL_FORMS": "0",
    "taken-0-name": "status", "taken-0-path": "a.0.b", "taken-0-kind": "any",
}  # fmt: skip
_SERVER = {"name": "Shop", "url": "https://shop.example/mcp", "auth": "none"}
VALID: dict[str, dict[str, Any]] = {
    "/admin/actions/tool/add/": _TOOL,
    "/admin/actions/tool/{tool}/change/": _TOOL,
    "/admin/actions/mcpserver/add/": _SERVER,
    "/admin/actions/mcpserver/{mcp_server}/change/": _SERVER,
    "/admin/actions/call/{call}/decide/": {"decision": "decline", "reason": "No"},
}
