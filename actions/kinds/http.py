"""HTTP tools: one request through the guarded door, one answer in JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from actions.answers import Part, kinds_of, pause_of, read_json, refuse_status, take
from actions.composing import Declaration, Prepared, prepare
from actions.declared import Brought, Declared, Order
from actions.errors import ActionError
from actions.kinds.rows import arguments_of, common
from actions.models import Tool
from actions.models.tools import parameters_of, taken_of
from actions.redacting import MOST_SHOWN, redacted, redacted_text, without
from actions.sealing import CannotUnseal, unseal
from chatbot import outgoing

MOST_BYTES = outgoing.MEGABYTE
SHOWN_RAW = 20_000  # bytes of an answer that is no JSON, of which the log keeps a part


@dataclass(frozen=True, slots=True)
class HttpTool:
    request: Declaration
    parts: tuple[Part, ...]
    sealed: str


class Http:
    name = "http"

    def find(self, name: str) -> Declared | None:
        tool = Tool.objects.whole().filter(key=name[:64], server=None).first()
        return declared_of(tool) if tool else None

    def all(self, tools: Sequence[Tool]) -> list[Declared]:
        return [declared_of(tool) for tool in tools if tool.server is None]

    def perform(self, declared: Declared, order: Order) -> Brought:
        tool: HttpTool = declared.how
        secret = secret_of(tool)
        request = prepare(tool.request, order.values, secret=secret, key=_same_for_the_same(order))
        fetched = send(request, declared.seconds)
        shown = shown_answer(fetched.body, secret)
        try:
            refuse_status(fetched.status, location=fetched.location)
            data = without(take(read_json(fetched.body), tool.parts), secret)
        except ActionError as error:
            error.shown, error.status = shown, fetched.status
            error.pause = pause_of(fetched.headers) if error.code == "too_many" else 0
            raise
        return Brought(data, shown, fetched.status)


def declared_of(tool: Tool) -> Declared:
    request = Declaration(
        method=tool.method, url=tool.url, headers=tool.headers, auth=tool.auth, auth_name=tool.auth_name,
        body_as=tool.body_as, body=tool.body,
        places={parameter.name: parameter.place for parameter in parameters_of(tool)},
    )  # fmt: skip
    parts = tuple(Part(one.name, one.path, one.kind, one.required) for one in taken_of(tool))
    return Declared(
        **common(tool), kind=Http.name, arguments=arguments_of(tool),
        takes=tuple(part.name for part in parts), kinds=kinds_of(parts),
        how=HttpTool(request, parts, tool.secret),
    )  # fmt: skip


def send(request: Prepared, seconds: float) -> outgoing.Fetched:
    """Raises OutgoingError. A redirect is handed back: what belongs to one server goes to no other."""
    return outgoing.fetch(
        request.url, method=request.method, headers=request.headers, body=request.body,
        limit_bytes=MOST_BYTES, seconds=seconds, follow=lambda _url: False,
    )  # fmt: skip


def secret_of(tool: HttpTool) -> str:
    try:
        return unseal(tool.sealed)
    except CannotUnseal:
        raise ActionError("secret_lost") from None


def shown_answer(body: bytes, secret: str) -> str:
    """For the log: JSON by its names, anything else by its form."""
    try:
        data = redacted(read_json(body), secrets=[secret])
        return json.dumps(data, ensure_ascii=False, indent=1)[:MOST_SHOWN]
    except (ActionError, RecursionError):
        text = body[:SHOWN_RAW].decode(errors="replace").replace("\x00", "")
        return redacted_text(text, secrets=[secret])[:MOST_SHOWN]


def _same_for_the_same(order: Order) -> str:
    """For the server's own idempotency; says nothing about the conversation."""
    return hashlib.sha256(f"{order.conversation}/{order.key}".encode()).hexdigest()[:40] if order.key else ""
