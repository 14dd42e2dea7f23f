"""The tools of an MCP server as rows: new ones switched off, changed ones switched off again.

What a server says of a tool reaches a model. So a tool whose description or arguments are not what staff saw
when they switched it on does not run until they have looked again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.cleaning import without_control_characters
from actions.errors import ActionError
from actions.kinds.mcp import server_of
from actions.mcp_client import Offered, list_tools
from actions.models import NAME, Changes, McpServer, Parameter, Tool
from chatbot.outgoing import OutgoingError

logger = logging.getLogger(__name__)
SECONDS = 15.0
KINDS = {"string": "text", "integer": "whole", "number": "number", "boolean": "boolean"}
FORMATS = {"date": "date", "date-time": "moment", "email": "email"}
MOST_PARAMETERS = 60


@dataclass(frozen=True, slots=True)
class Listed:
    new: int = 0
    changed: int = 0
    gone: int = 0
    left_out: int = 0  # with a parameter whose name we cannot keep
    altogether: int = 0


def refresh_all() -> None:
    """Those whose tools somebody has listed before. What goes wrong with one is kept with it."""
    for server in McpServer.objects.filter(listed_at__isnull=False):
        try:
            refresh(server)
        except (ActionError, OutgoingError):
            continue  # kept with it
        except Exception:  # boundary: whatever a server says, the others are listed too
            logger.exception("MCP server %s was not listed", server.name)
            _keep(server, {"error": "not_mcp", "detail": ""})


def refresh(server: McpServer) -> Listed:
    """Ask the server and take over what it offers. Raises ActionError or OutgoingError."""
    try:
        offered = list_tools(server_of(server, SECONDS))
    except (ActionError, OutgoingError) as error:
        logger.warning("MCP server %s was not listed: %s", server.name, error.code)
        _keep(server, {"error": error.code, "detail": getattr(error, "detail", "")})
        raise
    return take_over(server, offered)


@transaction.atomic
def take_over(server: McpServer, offered: list[Offered]) -> Listed:
    offered = list({tool.name: tool for tool in reversed(offered)}.values())[::-1]  # the first of each name
    usable = [tool for tool in offered if all(_is_name(name) for name in _properties(tool))]
    known = {tool.remote_name: tool for tool in server.tools.select_for_update()}
    new = [tool for tool in usable if tool.name not in known]
    changed = [tool for tool in usable if tool.name in known and _is_other(known[tool.name], tool)]
    for tool in new:
        _create(server, tool)
    for tool in changed:
        _update(known[tool.name], tool)
    gone = server.tools.exclude(remote_name__in=[tool.name for tool in usable])
    missing = gone.filter(gone=False).update(gone=True, enabled=False)
    listed = Listed(len(new), len(changed), missing, len(offered) - len(usable), len(offered))
    _keep(server, asdict(listed), listed_at=timezone.now())
    return listed


def _keep(server: McpServer, listing: dict[str, Any], **more: Any) -> None:
    McpServer.objects.filter(pk=server.pk).update(listing=listing, **more)


def _is_other(tool: Tool, offered: Offered) -> bool:
    return tool.fingerprint != fingerprint(offered) or tool.gone


def fingerprint(offered: Offered) -> str:
    said = json.dumps([offered.description, offered.schema], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _create(server: McpServer, offered: Offered) -> None:
    tool = Tool.objects.create(
        server=server,
        remote_name=offered.name,
        key=_free_key(server.name, offered.name),
        name=without_control_characters(offered.title),
        description=without_control_characters(offered.description),
        changes=Changes.READS if offered.reads_only else Changes.WRITES,
        fingerprint=fingerprint(offered),
    )
    _declare(tool, offered)


def _update(tool: Tool, offered: Offered) -> None:
    tool.description = without_control_characters(offered.description)
    tool.fingerprint = fingerprint(offered)
    tool.enabled = tool.gone = False
    tool.save()
    tool.parameters.all().delete()
    _declare(tool, offered)


def _declare(tool: Tool, offered: Offered) -> None:
    required = offered.schema.get("required")
    needed = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
    Parameter.objects.bulk_create(
        Parameter(
            tool=tool, name=name, place=Parameter.Place.BODY, required=name in needed, **_described(one)
        )
        for name, one in _properties(offered).items()
    )  # fmt: skip


def _described(schema: Any) -> dict[str, Any]:
    """A simple value by its type; whatever else there may be (lists, alternatives) is handed on as it is."""
    schema = schema if isinstance(schema, Mapping) else {}
    choices = schema.get("enum")
    about = {
        "label": without_control_characters(str(schema.get("title") or ""))[:80],
        "description": without_control_characters(str(schema.get("description") or ""))[:300],
    }
    if isinstance(choices, list) and choices and all(isinstance(one, str) for one in choices):
        return about | {"kind": Parameter.Kind.CHOICE, "choices": choices[:100]}
    kind = FORMATS.get(str(schema.get("format"))) or KINDS.get(str(schema.get("type")), "data")
    return about | {"kind": kind}


def _properties(offered: Offered) -> dict[str, Any]:
    found = offered.schema.get("properties")
    return dict(list(found.items())[:MOST_PARAMETERS]) if isinstance(found, Mapping) else {}


def _is_name(name: str) -> bool:
    return bool(NAME.regex.match(name))  # type: ignore[union-attr]  # compiled when it is first used


def _free_key(server: str, name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", f"{server}_{name}".lower()).strip("_")
    stem = (words if words[:1].isalpha() else f"mcp_{words}")[:60]
    taken = set(Tool.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in [stem, *(f"{stem}_{n}" for n in range(2, 1000))] if key not in taken)
