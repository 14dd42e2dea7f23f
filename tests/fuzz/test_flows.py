"""Whatever the editor of flows might send: an answer that says what is wrong, never an error of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.models import Flow
from flows.publishing import as_json, read
from tests.access.world import EDITOR, World
from tests.fuzz.values import TEXT, fuzz

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
NODES = [
    {"id": "ask", "kind": "ask", "slot": "size", "next": "fork"},
    {
        "id": "fork",
        "kind": "branch",
        "cases": [{"when": {"fact": "slots.size", "op": "above", "value": 3}, "next": "look"}],
        "next": "ask",
    },
    {"id": "look", "kind": "act", "action": "look", "takes": {"size": "a.b"}, "next": "choose"},
    {
        "id": "choose",
        "kind": "choose",
        "options": [{"value": "a", "next": "ask"}, {"value": "b", "next": "shown"}],
    },
    {
        "id": "shown",
        "kind": "say",
        "cards": [
            {
                "title": {"en": "Size {size}"},
                "each": "size",
                "picture": "x",
                "buttons": [{"label": {"en": "Look"}, "link": "https://shop.example/{item.a}"}],
            }
        ],
        "next": "ask",
    },
    {"id": "form", "kind": "form", "slots": ["size", "name"], "optional": ["name"], "next": "ask"},
]
GRAPH = as_json(read({"key": "hello", "start": "ask", "nodes": NODES, "slots": {"size": {"kind": "number"}}}))
FORM = as_json(read({**GRAPH, "start": "form", "slots": {"size": {"kind": "number"}, "name": {}}}))
EVENTS = st.one_of(
    st.fixed_dictionaries({"say": TEXT}),
    st.sampled_from([{"start": True}, {"does": "cancel"}, {"does": "question"}, {"does": "person"}, {}]),
    st.fixed_dictionaries({"acted": st.fixed_dictionaries({"ok": st.booleans(), "data": JSON})}),
    st.fixed_dictionaries({"answered": st.booleans()}),
    st.fixed_dictionaries({"form": st.dictionaries(st.sampled_from(["size", "name", "other"]), TEXT)}),
    JSON,
)


@st.composite
def broken(draw: Any) -> Any:
    """A graph with one part of it replaced by anything."""
    graph = json.loads(json.dumps(GRAPH))
    part: Any = graph
    for _depth in range(draw(st.integers(0, 6))):
        inner = list(part.items()) if isinstance(part, dict) else list(enumerate(part))
        holders = [(key, one) for key, one in inner if isinstance(one, dict | list) and one]
        if not holders:
            break
        part = draw(st.sampled_from(holders))[1]
    key = draw(st.sampled_from(list(part) if isinstance(part, dict) else list(range(len(part)))))
    part[key] = draw(JSON)
    return graph


def send(world: World, method: str, name: str, body: Any) -> Any:
    address = f"/staff/flows/hello/{name}"
    answer = world.client(EDITOR).generic(method, address, json.dumps(body), content_type="application/json")
    assert answer.status_code < 500, (name, body)
    assert answer.status_code < 400 or answer.json()["error"], (name, body)
    return answer


@pytest.mark.parametrize(("method", "name"), [("PUT", "draft/"), ("POST", "yaml/"), ("POST", "try/")])
def test_whatever_is_drawn_is_answered(world: World, method: str, name: str) -> None:
    @fuzz(40)
    @given(st.one_of(broken(), JSON))
    def draw(graph: Any) -> None:
        seen = Flow.objects.get().draft_number
        beside: dict[str, dict[str, Any]] = {"draft/": {"seen": seen}, "try/": {"event": {"start": True}}}
        more = beside.get(name, {})
        send(world, method, name, {"graph": graph, **more})

    draw()


@pytest.mark.parametrize("name", ["publish/", "trial/share/", "yaml/", "yaml/read/", "try/"])
def test_whatever_is_sent_is_answered(world: World, name: str) -> None:
    @fuzz(30)
    @given(
        JSON
        | st.fixed_dictionaries({"note": JSON, "seen": JSON, "share": JSON})
        | st.fixed_dictionaries({"yaml": TEXT})
    )
    def post(body: Any) -> None:
        send(world, "POST", name, body)

    post()


def test_whatever_happens_in_the_emulator_is_answered(world: World) -> None:
    @fuzz(30)
    @given(
        st.lists(EVENTS, max_size=6), st.sampled_from(["en", "fr", "de-CH"]), st.sampled_from([GRAPH, FORM])
    )
    def talk(events: list[Any], language: str, graph: Any) -> None:
        state = ""
        for event in [{"start": True}, *events]:
            body = {"graph": graph, "state": state, "language": language, "event": event}
            answer = send(world, "POST", "try/", body)
            state = answer.json().get("state", state)

    talk()
