"""The programs of an imported bot as tools: switched off, without secrets, named as its flows name them.

`flows` and `actions` stand beside each other and do not know of each other; the assistant, above both, takes
up here what the one brings for the other. Nothing is called: whoever switches a tool on looks at it first,
and the address is checked by the guarded door whenever it is called.
"""

from __future__ import annotations

import logging
from typing import Annotated, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel, StringConstraints, ValidationError

from accounts.models import User
from actions import kinds
from actions.models import Changes, Parameter, Tool
from flows.brought_along import Brought, Taker
from flows.graph import Act
from flows.importers.naming import program_in_words

logger = logging.getLogger(__name__)


class _Parameter(BaseModel):
    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
    kind: Parameter.Kind = Parameter.Kind.TEXT
    place: Literal["query", "body"] = "body"


class _Webhook(BaseModel):
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
    title: Annotated[str, StringConstraints(max_length=80)] = ""
    url: Annotated[str, StringConstraints(max_length=1_000)] = ""
    method: Tool.Method = Tool.Method.POST
    parameters: list[_Parameter] = []
    body: Annotated[str, StringConstraints(max_length=10_000)] = ""


@transaction.atomic
def take(brought: Brought, author: User | None) -> int:
    """A tool for each program that a taken flow has done; what has that name already stays as it is."""
    named = {node.action for graph in brought.flows for node in graph.nodes if isinstance(node, Act)}
    made = 0
    for given in brought.webhooks:
        try:
            webhook = _Webhook.model_validate(given)
        except ValidationError as error:
            logger.warning("A webhook of %s was left out: %s", brought.origin, error.errors()[0]["type"])
            continue
        if webhook.name in named and kinds.find(webhook.name) is None:
            _make(webhook, brought.origin)
            made += 1
    return made


def _make(webhook: _Webhook, origin: str) -> None:
    """What is not only read is taken for something that changes: the customer confirms it."""
    reads = webhook.method == Tool.Method.GET
    words = _("Came with %(origin)s, where it was called “%(title)s”. Look at it before you switch it on.")
    tool = Tool.objects.create(
        key=webhook.name,
        name=program_in_words(webhook.title or webhook.name)[:80],
        description=words % {"origin": origin, "title": webhook.title or webhook.name},
        method=webhook.method,
        url=webhook.url,
        body="" if reads else webhook.body,
        changes=Changes.READS if reads else Changes.WRITES,
        enabled=False,
    )
    Parameter.objects.bulk_create(
        Parameter(tool=tool, name=one.name, kind=one.kind, place=one.place, required=False)
        for one in {one.name: one for one in webhook.parameters}.values()
    )


def _told(number: int) -> str:
    """How they stand now is told beside it: somebody may have switched them on since."""
    return ngettext(
        "%(number)s program became a tool.",
        "%(number)s programs became tools.",
        number,
    ) % {"number": number}


TAKER = Taker("tools", take, _told, "admin:actions_tool_changelist")
