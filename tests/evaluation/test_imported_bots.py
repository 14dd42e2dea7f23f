"""Bots of other systems, imported, published and talked to: how much of what they could do still goes.

`pytest -s` prints the figures that stand in docs/figures.md. Skipped where the exports are not there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Assistant
from assistant.routing import training
from evaluation.running import run_scenario
from evaluation.scripted import Script
from flows.graph import Graph
from flows.importing import read_bots, take
from flows.models import Flow
from flows.publishing import save_draft
from flows.publishing_together import publish_together
from flows.yaml_reading import read_yaml
from tests.source import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
DATA = Path(os.environ.get("CAUSERIE_DATA", ROOT.parent / "shared" / "data")) / "imports"
BOTS = Path(__file__).with_name("bots")
EXPORTS = ["rasa-helpdesk-assistant", "dialogflow-es-bike-shop", "dialogflow-cx-blood-donation"]
# Other ways to say what the bots' own examples say.
PARAPHRASES = {
    "open_incident": ["please log a new incident for me", "I have to file a ticket"],
    "password_reset": ["I forgot my password and cannot get in", "my password does not work any more"],
    "problem_email": ["Outlook keeps crashing when I read mail", "my mailbox won't open"],
    "incident_status": ["any news about my ticket", "how far are you with the ticket I opened last week"],
    "make_appointment": ["I want to bring my bike in for a repair", "book me a tune-up for Friday"],
    "eligibility_quiz": ["I want to find out whether I may give blood", "let me do the eligibility test"],
}


@dataclass(frozen=True)
class Count:
    right: int
    of: int
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" + "".join(f"\n    {one}" for one in self.wrong)


@pytest.fixture
def assistant() -> Assistant:
    return Assistant.objects.create(name="Ada", slug="ada", languages=["en", "fr"], is_default=True)


@pytest.mark.parametrize("bot", EXPORTS)
def test_an_imported_bot_is_talked_to(bot: str, assistant: Assistant) -> None:
    if not (DATA / bot).exists():
        pytest.skip(f"{DATA / bot} is not there: CAUSERIE_DATA says where the developers' sample is")
    flows, stopped = published(DATA / bot)
    examples = {flow.key: [one for said in flow.examples.values() for one in said] for flow in flows}
    own = begun(assistant, {key: said for key, said in examples.items() if said})
    others = begun(assistant, {key: PARAPHRASES[key] for key in examples if key in PARAPHRASES})
    walks = walked(assistant, bot)
    print(f"\n{bot}: {len(flows)} flows, kept from publishing at first: {stopped}")
    print(f"  begun by their own examples {own}\n  by paraphrases {others}\n  walked to the end {walks}")
    assert own.right >= 0.9 * own.of and others.right >= 0.7 * others.of and walks.right == walks.of


def published(path: Path) -> tuple[list[Graph], list[str]]:
    """All its flows, and what somebody had to write first: here that somebody writes the same everywhere."""
    reading = read_bots(path)
    take(reading.flows, replace=True, author=None)
    keys = [flow.key for flow in reading.flows]
    waiting = publish_together(keys, author=None).waiting
    for key in waiting:
        flow = Flow.objects.get(key=key)
        save_draft(flow.pk, written(Graph.model_validate(flow.draft)), author=None)
    assert not publish_together(keys, author=None).waiting
    training.train_if_changed()
    graphs = [Graph.model_validate(flow.draft) for flow in Flow.objects.filter(key__in=keys)]
    return graphs, [f"{key}: {one.code}" for key, found in waiting.items() for one in found]


def written(draft: Graph) -> Graph:
    data = draft.model_dump(mode="json", by_alias=True)
    for node in data["nodes"]:
        if node["kind"] == "say" and not node["text"]:
            node["text"] = {"en": "Written by hand."}
    return Graph.model_validate(data)


def begun(assistant: Assistant, examples: dict[str, list[str]]) -> Count:
    wrong = []
    for key, said in examples.items():
        for text in said:
            turns = [{"customer": text, "expects": {"flow": key}}]
            [turned] = run_scenario(Script.model_validate({"name": key, "turns": turns}), assistant)
            if not turned.met:
                wrong.append(f"{key}: {text!r} → {turned.outcome} {turned.steps} {turned.said[:80]!r}")
    number = sum(len(said) for said in examples.values())
    return Count(number - len(wrong), number, tuple(wrong))


def walked(assistant: Assistant, bot: str) -> Count:
    data: list[Any] = read_yaml((BOTS / f"{bot}.yaml").read_text("utf-8")).data
    wrong = []
    for script in map(Script.model_validate, data):
        for turned in run_scenario(script, assistant):
            missed = [f"{one.kind} {one.wanted!r} ({one.found})" for one in turned.checks if one.met is False]
            if missed:
                said = f"{turned.turn.customer!r} → {turned.said!r}"
                wrong.append(f"{script.name}: {said}: {'; '.join(missed)}")
                break
    return Count(len(data) - len(wrong), len(data), tuple(wrong))
