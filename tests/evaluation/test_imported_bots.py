"""Bots of other systems, imported, published and talked to: how much of what they could do still goes.

`pytest -s` prints the figures that stand in docs/figures.md. Skipped where the exports are not there.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actions.models import Tool
from assistant.imported_tools import take as take_tools
from assistant.models import Assistant
from evaluation.running import run_scenario
from evaluation.scripted import Script
from flows.brought_along import Brought
from flows.graph import Graph
from flows.importing import Reading, read_bots, take
from flows.models import Flow
from flows.publishing import save_draft
from flows.publishing_together import publish_together
from flows.yaml_reading import read_yaml
from tests.flows.importers.exports import bot
from tests.source import ROOT
from training import running

pytestmark = pytest.mark.django_db(transaction=True)
DATA = Path(os.environ.get("CAUSERIE_DATA", ROOT.parent / "shared" / "data")) / "imports"
ADDRESS = "https://bot.example/"  # where nobody answers
BEGINS_WITH = "please look after my things"  # where an export does not say what begins a flow
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


@pytest.mark.parametrize("export", EXPORTS)
def test_an_imported_bot_is_talked_to(export: str, assistant: Assistant) -> None:
    if not (DATA / export).exists():
        pytest.skip(f"{DATA / export} is not there: CAUSERIE_DATA says where the developers' sample is")
    flows, stopped = published(read_bots(DATA / export))
    examples = {flow.key: [one for said in flow.examples.values() for one in said] for flow in flows}
    own = begun(assistant, {key: said for key, said in examples.items() if said})
    others = begun(assistant, {key: PARAPHRASES[key] for key in examples if key in PARAPHRASES})
    walks = walked(assistant, export)
    print(f"\n{export}: {len(flows)} flows, kept from publishing at first: {stopped}")
    print(f"  begun by their own examples {own}\n  by paraphrases {others}\n  walked to the end {walks}")
    assert own.right >= 0.9 * own.of and others.right >= 0.7 * others.of and walks.right == walks.of


@pytest.mark.parametrize(
    ("name", "inner"), [("botpress", ""), ("botpress_cloud", "b.json"), ("typebot", "b.json")]
)
def test_a_small_bot_of_another_system_is_talked_to(
    name: str, inner: str, assistant: Assistant, tmp_path: Path
) -> None:
    """Of these systems no real export is at hand: those that the importers' tests are made of."""
    made = bot(f"{name}.json")
    for file, content in ({inner: made} if inner else made).items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    published(read_bots(tmp_path))
    walks = walked(assistant, name)
    assert walks.right == walks.of, walks


def published(reading: Reading) -> tuple[list[Graph], list[str]]:
    """All its flows, and what somebody had to write first: here that somebody writes the same everywhere, and
    declares what the bot's own programs did."""
    take(reading.flows, replace=True, author=None)
    take_tools(Brought("bot", reading.flows, reading.webhooks), None)
    Tool.objects.update(enabled=True, url=ADDRESS, changes="reads")
    keys = [flow.key for flow in reading.flows]
    waiting = publish_together(keys, author=None).waiting
    for key in keys:
        flow = Flow.objects.get(key=key)
        save_draft(flow.pk, written(Graph.model_validate(flow.draft)), author=None)
    assert not publish_together(keys, author=None).waiting
    running.train_if_changed()
    graphs = [Graph.model_validate(flow.draft) for flow in Flow.objects.filter(key__in=keys)]
    return graphs, [f"{key}: {one.code}" for key, found in waiting.items() for one in found]


def written(draft: Graph) -> Graph:
    data = draft.model_dump(mode="json", by_alias=True)
    data["examples"] = data["examples"] or {"en": [BEGINS_WITH]}
    for node in data["nodes"]:
        if node["kind"] in ("say", "choose") and not node["text"]:
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
                said = f"{turned.words!r} → {turned.said!r}"
                wrong.append(f"{script.name}: {said}: {'; '.join(missed)}")
                break
    return Count(len(data) - len(wrong), len(data), tuple(wrong))
