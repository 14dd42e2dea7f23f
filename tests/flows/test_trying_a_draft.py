"""The emulator: a draft walked step by step, with the reason for each, and nothing stored."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from flows.emulating import REMEMBERED, Talk, say
from flows.library import Shelf
from flows.models import Flow
from flows.run import Facts
from flows.state import State
from flows.understanding import Line, Meaning, Otherwise
from tests.flows.editing import RETURNS, drawn, send

pytestmark = pytest.mark.django_db


def happen(browser: Client, state: str, **event: Any) -> dict[str, Any]:
    body = {"graph": drawn(), "state": state, "language": "en", "event": event}
    answer = send(browser, "POST", "returns/try/", body)
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def test_a_draft_is_walked_to_its_end(browser: Client, returns: Flow) -> None:
    begun = happen(browser, "", start=True)
    (question,) = [effect for effect in begun["effects"] if effect["kind"] == "say"]
    assert [button["label"] for button in question["buttons"]] == ["Broken", "Other"]
    assert begun["at"] == "why"
    ended = happen(browser, begun["state"], say="broken")
    assert [effect["html"] for effect in ended["effects"] if effect["kind"] == "say"] == [
        "<p>I am sorry.</p>\n",
        "<p>Send it <strong>back</strong>.</p>\n",
    ]
    assert ended["trail"] == ["which", "sorry", "done"]
    assert ended["flows"] == []


def test_words_that_mean_nothing_are_answered_with_the_reason(browser: Client, returns: Flow) -> None:
    begun = happen(browser, "", say="I want to RETURN this")
    assert begun["heard"] == [
        {
            "what": "Begins the flow “Return an item”",
            "how": "word for word one of its examples",
            "refused": False,
        }
    ]
    lost = happen(browser, begun["state"], say="a lamp")
    assert "“a lamp”" in lost["heard"][0]["what"] and lost["heard"][0]["refused"]
    assert lost["at"] == "why"


def test_a_conversation_remembers_its_last_lines(browser: Client, returns: Flow) -> None:
    talk = Talk(State(), tuple(Line("customer", str(number)) for number in range(30)))
    what = Meaning(None, (), Facts(datetime(2026, 11, 28)), "hello", Otherwise("small_talk", "Hello!"))
    tried = say(Shelf(), talk, "hello", what)
    assert [line.text for line in tried.talk.lines[-3:]] == ["29", "hello", "Hello!"]
    assert len(tried.talk.lines) == REMEMBERED
    assert Talk.from_json(json.loads(json.dumps(tried.talk.as_json()))) == tried.talk


def test_a_state_that_was_changed_is_refused(browser: Client, returns: Flow) -> None:
    body = {"graph": drawn(), "state": "made:up:state", "language": "en", "event": {"say": "x"}}
    refused = send(browser, "POST", "returns/try/", body)
    assert refused.status_code == 400
    assert "Start" in refused.json()["error"]


def test_what_an_action_brings_is_told_by_whoever_tries(browser: Client, returns: Flow) -> None:
    nodes = [
        {
            "id": "look",
            "kind": "act",
            "action": "order",
            "given": {"n": "1"},
            "takes": {"reason": "why"},
            "next": "done",
        },
        RETURNS["nodes"][3],
    ]
    graph = drawn(nodes=nodes, start="look")
    body = {"graph": graph, "state": "", "language": "en", "event": {"start": True}}
    begun = send(browser, "POST", "returns/try/", body).json()
    assert {"kind": "do", "action": "order", "given": {"n": "1"}} in begun["effects"]
    acted = {"acted": {"ok": True, "data": {"why": "broken"}}}
    ended = send(browser, "POST", "returns/try/", body | {"state": begun["state"], "event": acted}).json()
    assert ended["trail"] == ["done"]


def test_a_customer_may_send_a_file(browser: Client, returns: Flow) -> None:
    slots = {"photo": {"kind": "file", "accept": "pictures", "ask": {"en": "A photo, please."}}}
    nodes = [{"id": "photo", "kind": "ask", "slot": "photo", "next": ""}]
    graph = drawn() | {"slots": slots, "start": "photo", "nodes": nodes}

    def happen_there(state: str, **event: Any) -> dict[str, Any]:
        body = {"graph": graph, "state": state, "language": "en", "event": event}
        return dict(send(browser, "POST", "returns/try/", body).json())

    begun = happen_there("", start=True)
    refused = happen_there(begun["state"], sends="document")["heard"]
    assert "“document.pdf” is no value of the slot “photo”" in refused[0]["what"] and refused[0]["refused"]
    sent = happen_there(begun["state"], sends="picture")
    assert sent["heard"][0]["what"] == "photo = photo.jpg"
    assert sent["flows"] == []
    assert "No flow takes the file" in happen_there("", sends="picture")["heard"][0]["what"]
