"""A shop's assistant with a flow, a row of guidance, and somebody who releases it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import Role, User
from assistant.models import Assistant, Guidance
from assistant.releases import as_served, serving
from flows.graph import Graph
from flows.models import Flow
from flows.publishing import create_flow, publish, save_draft


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    as_served.forget()
    yield
    as_served.forget()


@pytest.fixture(autouse=True)
def open_gates() -> Iterator[None]:
    kept = list(serving._gates), list(serving._rests)
    serving._gates.clear()
    serving._rests.clear()
    yield
    serving._gates[:], serving._rests[:] = kept


@pytest.fixture
def editor(transactional_db: None) -> User:
    return User.objects.create_user("edda@example.org", "Edda", "pw", role=Role.EDITOR)


def hello(says: str) -> Graph:
    return Graph.model_validate(
        {
            "key": "hello", "name": {"en": "Say hello"}, "start": "say",
            "nodes": [{"id": "say", "kind": "say", "text": {"en": says}}],
        }
    )  # fmt: skip


@pytest.fixture
def greeting(transactional_db: None) -> Flow:
    """Customers get “Good day!” of it."""
    flow = create_flow(hello("Good day!"), author=None)
    publish(flow.pk, author=None)
    return flow


def say_instead(flow: Flow, says: str) -> None:
    """And publish it."""
    save_draft(flow.pk, hello(says), author=None)
    publish(flow.pk, author=None)


def refusing(assistant: Assistant | None, about: str) -> Guidance:
    return Guidance.objects.create(
        assistant=assistant, kind="guardrail", text=f"Nothing about {about}.", about=about, by_meaning=False,
        words={"en": f"We do not talk about {about}."}, enabled=True,
    )  # fmt: skip
