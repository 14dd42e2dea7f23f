"""Which Tuesday "next Tuesday" is depends on today. What is said beside it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from flows.graph import Graph
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import Heard, SetSlot, StartFlow, State

MONDAY = datetime(2026, 11, 30, 10)
PARTS = [
    {
        "value": "am",
        "label": {"en": "In the morning", "fr": "Le matin"},
        "synonyms": {"en": ["morning"], "fr": ["matin"]},
    },
    {
        "value": "pm",
        "label": {"en": "In the afternoon", "fr": "L’après-midi"},
        "synonyms": {"en": ["afternoon"], "fr": ["après-midi"]},
    },
]
VISIT = Graph.model_validate(
    {
        "key": "visit",
        "slots": {
            "day": {"kind": "date", "ask": {"en": "Which day?", "fr": "Quel jour ?"}},
            "hour": {"kind": "time", "ask": {"en": "When?", "fr": "Quand ?"}},
            "part": {"kind": "choice", "choices": PARTS, "ask": {"en": "Which part?", "fr": "Quel moment ?"}},
        },
        "start": "day",
        "nodes": [
            {"id": "day", "kind": "ask", "slot": "day", "next": "hour"},
            {"id": "hour", "kind": "ask", "slot": "hour", "next": "part"},
            {"id": "part", "kind": "ask", "slot": "part"},
        ],
    }
)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize(
    ("language", "text", "beside"),
    [
        ("en", "next Tuesday afternoon", {"part": "pm"}),
        ("en", "next Tuesday at 4 pm", {"hour": "16:00"}),
        ("en", "Tuesday at 4 pm", {"hour": "16:00"}),
        ("fr", "mardi prochain après-midi", {"part": "pm"}),
        ("fr", "mardi prochain à 16 h", {"hour": "16:00"}),
    ],
)
def test_what_is_said_beside_the_day_is_heard(
    day: int, language: str, text: str, beside: dict[str, str]
) -> None:
    shelf, facts = Shelf.of(VISIT), Facts(MONDAY + timedelta(days=day), language, {})
    state = step(shelf, State(), Heard((StartFlow("visit"),)), facts).state
    heard = interpret(shelf, state, Words(text), facts).heard
    assert heard is not None
    told = {one.slot: one.value for one in heard.commands if isinstance(one, SetSlot)}
    assert datetime.fromisoformat(str(told["day"])).weekday() == 1
    assert beside.items() <= told.items()
