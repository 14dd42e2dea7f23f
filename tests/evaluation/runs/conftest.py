"""A flow that customers get, another version of it that is drawn, and scenarios of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.models import Assistant
from assistant.releases import as_served
from evaluation.models import Run
from evaluation.runs import asking
from evaluation.runs.asking import Wanted
from evaluation.runs.sides import Side
from evaluation.scripted import Script
from flows.graph import Graph
from flows.publishing import create_flow, publish, save_draft

HELLO = {
    "key": "hello", "name": {"en": "Say hello"}, "start": "say",
    "nodes": [{"id": "say", "kind": "say", "text": {"en": "Good day!"}}],
}  # fmt: skip
Ask = Callable[..., Run]


def scenario(name: str = "A greeting", says: str = "Good day", turns: int = 1) -> Script:
    said = [{"customer": "Say hello", "expects": {"flow": "hello", "says": [says]}}] * turns
    return Script.model_validate({"name": name, "situation": "happy_path", "turns": said})


@pytest.fixture(autouse=True)
def releases_are_read_anew() -> Iterator[None]:
    as_served.forget()
    yield
    as_served.forget()


@pytest.fixture
def hello(transactional_db: None) -> Assistant:
    """Customers get “Good day!”; drawn is “Good evening!”."""
    flow = create_flow(Graph.model_validate(HELLO), author=None)
    publish(flow.pk, author=None)
    drawn = {**HELLO, "nodes": [{"id": "say", "kind": "say", "text": {"en": "Good evening!"}}]}
    save_draft(flow.pk, Graph.model_validate(drawn), author=None)
    return Assistant.objects.create(name="Ada", slug="ada", languages=["en"], is_default=True)


@pytest.fixture
def ask(hello: Assistant) -> Ask:
    def asked(*scripts: Script, sides: tuple[str, ...] = ("present",), times: int = 1) -> Run:
        wanted = [Wanted(one, "Greetings") for one in scripts or (scenario(),)]
        return asking.ask(wanted, hello, [Side.read(one) for one in sides], by=None, times=times)

    return asked
