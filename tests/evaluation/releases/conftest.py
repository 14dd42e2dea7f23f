"""An assistant with a flow in two versions, a release of each, and somebody who publishes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import Role, User
from assistant.models import Assistant, Release
from assistant.releases import as_served, serving
from assistant.releases.making import make
from evaluation.releases import gate
from flows.publishing import create_flow, publish
from tests.assistant.releases.conftest import hello, say_instead


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    as_served.forget()
    serving.tell_gate(gate.missing, gate.rests_on)
    yield
    as_served.forget()


@pytest.fixture
def editor(transactional_db: None) -> User:
    return User.objects.create_user("edda", first_name="Edda", role=Role.EDITOR)


@pytest.fixture
def ada(transactional_db: None) -> Assistant:
    return Assistant.objects.create(name="Ada", slug="ada", languages=["en"], is_default=True)


@pytest.fixture
def two(ada: Assistant, editor: User) -> list[Release]:
    """The first says “Good day!”, the second “Good evening!”."""
    flow = create_flow(hello("Good day!"), author=None)
    publish(flow.pk, author=None)
    first = make(ada, note="With a greeting", by=editor)
    say_instead(flow, "Good evening!")
    return [first, make(ada, by=editor)]
