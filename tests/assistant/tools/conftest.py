"""A scripted model beside a real small server of tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from actions.models import Tool
from tests.actions.conftest import as_json, tool, web  # noqa: F401 (fixtures)
from tests.modelserver.control import ModelServer
from tests.webserver import WebServer

ORDER = {
    "order": {"status": "Dispatched", "delivery_date": "2026-12-02", "carrier": "Colissimo", "pin": "4711"}
}
TAKEN = {"status": "order.status", "delivery_date": "order.delivery_date", "carrier": "order.carrier"}


@pytest.fixture
def model(model_server: ModelServer, settings: Settings, articles: None) -> ModelServer:
    """The model that answers; another one, which nobody scripts, reads the questions."""
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL, settings.REWRITE_MODEL = "scripted", "reader"
    return model_server


@pytest.fixture
def shop(tool: Callable[..., Tool], web: WebServer) -> Callable[..., Tool]:  # noqa: F811
    """Declares a tool that the model may call by itself."""
    web.pages["/orders/LP-1"] = as_json(ORDER)

    def declare(**fields: Any) -> Tool:
        usual = {
            "in_free_conversation": True, "takes": TAKEN, "description": "Looks up an order by its number.",
            "words": {"en": "Look up your order", "fr": "Regarder où en est votre commande"},
        }  # fmt: skip
        return tool(**{**usual, **fields})

    return declare


@pytest.fixture
def returns(shop: Callable[..., Tool], web: WebServer) -> Tool:  # noqa: F811
    """One that changes something, beside the one that looks up."""
    web.pages["/returns"] = as_json({"number": "RT-77"}, status=201)
    shop()
    return shop(
        key="register_return", name="Register a return", path="/returns", method="POST", changes="writes",
        words={"en": "Register a return", "fr": "Enregistrer un retour"}, takes={"number": "number"},
        parameters={"order": {"place": "body"}, "reason": {"place": "body", "required": False}},
    )  # fmt: skip


def calls(*names: str | tuple[str, Any], **more: Any) -> dict[str, Any]:
    """The model calls these, with arguments where they are given."""
    called = [(one, {"number": "LP-1"}) if isinstance(one, str) else one for one in names]
    wanted = [{"name": name, "arguments": arguments} for name, arguments in called]
    return {"model": "scripted", "told": False, "tool_calls": wanted, **more}


def then(text: str, **more: Any) -> dict[str, Any]:
    """What it writes when a tool has brought something."""
    return {"model": "scripted", "told": True, "text": text, **more}


RETURN = ("register_return", {"order": "LP-1", "reason": "too big"})
