"""The session says what is asked before the chat, as a form and as data, and what is known already."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Http

from assistant.models import Assistant, Welcome
from conversations.introducing.keeping import introduce
from tests.conversations.introducing.conftest import asks, asks_everything

pytestmark = pytest.mark.django_db


def session() -> dict[str, Any]:
    browser = Http(headers={"Accept-Language": "fr"})
    return dict(browser.post("/chat/session/", {}, content_type="application/json").json())


def test_the_session_says_what_is_asked(assistant: Assistant) -> None:
    asks_everything(assistant)
    Welcome.objects.create(
        assistant=assistant, language="fr", greeting="Bonjour",
        introduction="Voir [la notice](https://shop.example/privacy) <b>",
    )  # fmt: skip
    asked = session()["introduction"]
    assert asked["required"] is True
    assert [(one["name"], one["required"]) for one in asked["fields"]] == [
        ("name", False), ("email", True), ("order", False), ("topic", False),
    ]  # fmt: skip
    assert asked["fields"][3]["choices"][1] == {"value": "A parcel", "label": "Un colis"}
    html = asked["html"]
    assert 'autocomplete="name"' in html and 'autocomplete="email"' in html and 'type="email"' in html
    assert 'href="https://shop.example/privacy"' in html and "&lt;b&gt;" in html
    assert "data-skip" not in html
    assistant.introduction.update(required=False)
    assert "data-skip" in session()["introduction"]["html"]


def test_who_is_known_need_not_write_it_again(assistant: Assistant) -> None:
    asks(assistant, "email", required=True)
    browser = Http()
    opened = browser.post("/chat/session/", {}, content_type="application/json").json()
    assert opened["customer"] == {"name": "", "email": ""}
    introduce(conversation_id=opened["conversation"], values={"email": "ann@example.org"}, client_id=uuid4())
    again = browser.post("/chat/session/", {}, content_type="application/json").json()
    assert again["introduction"] is None
    assert again["customer"]["email"] == "ann@example.org"
