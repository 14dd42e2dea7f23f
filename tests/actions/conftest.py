"""Tools against a real small server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from actions.declared import Done
from actions.models import Parameter, Taken, Tool
from actions.sealing import seal
from actions.starting import Begun, carry_out, start
from tests.webserver import Page, WebServer, serving

NOW = datetime(2026, 12, 1, 10, 0)
CARLA = {"verified": True, "id": "C-77", "email": "carla@shop.example"}
SECRET = "s3cret-of-the-shop"


def as_json(data: Any, **more: Any) -> Page:
    return Page(json.dumps(data), type="application/json", **more)


@pytest.fixture
def web(settings: Any) -> Iterator[WebServer]:
    with serving({"/orders/7": as_json({"order": {"status": "sent"}})}) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


@pytest.fixture
def tool(db: None, web: WebServer) -> Callable[..., Tool]:
    """A tool that is switched on, with parameters and parts of the answer by name."""

    def declare(path: str = "/orders/{number}", *, parameters: Any = None, takes: Any = (), secret: str = "",
                **fields: Any) -> Tool:  # fmt: skip
        url = fields.pop("url", f"{web.url}{path}")
        made = Tool.objects.create(
            **{"key": "find_order", "name": "Find order", "enabled": True, "url": url, "seconds": 5,
               "secret": seal(secret)} | fields
        )  # fmt: skip
        asked = parameters if parameters is not None else {"number": {}}
        for name, more in asked.items():
            Parameter.objects.create(tool=made, name=name, **more)
        for name, part in dict(takes).items():
            more = {"path": part} if isinstance(part, str) else part
            Taken.objects.create(tool=made, name=name, **more)
        return made

    return declare


def call(given: dict[str, Any] | None = None, *, name: str = "find_order", key: str = "1/find/1",
         customer: Any = None, conversation: str = "c1", **more: Any) -> Done:  # fmt: skip
    """As `do` does it, in this thread."""
    given = {"number": "7"} if given is None else given
    begun = start(name, given, key=key, customer=customer, conversation=conversation, now=NOW, **more)
    if isinstance(begun, Begun):
        return carry_out(begun)
    assert isinstance(begun, Done), "nobody else has begun it"
    return begun
