"""A flow, an editor's browser, and how it speaks to the pages of flows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from flows.models import Flow
from flows.publishing import as_json, create_flow, read

RETURNS = {
    "key": "returns",
    "name": {"en": "Return an item", "fr": "Retourner un article"},
    "description": {"en": "Takes back what somebody bought.", "fr": "Reprend un article."},
    "examples": {"en": ["I want to return this"], "fr": ["Je veux rendre ceci"]},
    "slots": {
        "reason": {
            "kind": "choice",
            "ask": {"en": "Why?", "fr": "Pourquoi ?"},
            "choices": [
                {"value": "broken", "label": {"en": "Broken", "fr": "Cassé"}},
                {"value": "other", "label": {"en": "Other", "fr": "Autre"}},
            ],
        }
    },
    "start": "why",
    "nodes": [
        {"id": "why", "kind": "ask", "slot": "reason", "next": "which"},
        {
            "id": "which",
            "kind": "branch",
            "cases": [{"when": {"fact": "slots.reason", "op": "is", "value": "broken"}, "next": "sorry"}],
            "next": "done",
        },
        {"id": "sorry", "kind": "say", "text": {"en": "I am sorry.", "fr": "Désolé."}, "next": "done"},
        {"id": "done", "kind": "end", "text": {"en": "Send it **back**.", "fr": "Renvoyez-le."}},
    ],
}


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada", first_name="Ada", role=Role.EDITOR)


@pytest.fixture
def browser(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def returns(ada: User) -> Flow:
    return create_flow(read(RETURNS), author=ada)


def send(browser: Client, method: str, address: str, body: Any) -> Any:
    return browser.generic(
        method, f"/staff/flows/{address}", json.dumps(body), content_type="application/json"
    )


def drawn(**changes: Any) -> dict[str, Any]:
    return as_json(read({**RETURNS, **changes}))
