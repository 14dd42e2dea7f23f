"""Tools, the servers that offer some, and the log of what was done."""

from actions.models.calls import Call
from actions.models.tools import (
    KEY,
    MOST_SECONDS,
    NAME,
    Auth,
    Changes,
    McpServer,
    Parameter,
    Taken,
    Tool,
    ToolQuerySet,
)
from actions.notices.rows import Notice
from actions.opening.rows import OpeningCalendar

__all__ = [
    "KEY",
    "MOST_SECONDS",
    "NAME",
    "Auth",
    "Call",
    "Changes",
    "McpServer",
    "Notice",
    "OpeningCalendar",
    "Parameter",
    "Taken",
    "Tool",
    "ToolQuerySet",
]
