"""The examples of a draft count while it is tried, although the router has learned what is published."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.models import Assistant, Router
from assistant.routing import asking
from assistant.routing.drafting import router_with
from assistant.routing.signs import signs
from flows.graph import Graph
from flows.models import Flow
from flows.publishing import create_flow, publish, read, save_draft
from llm.embedding import embed_query
from tests.assistant.emulating import Trial
from tests.assistant.talking import Talk
from training import running

pytestmark = [pytest.mark.django_db(transaction=True)]

GIFTS = {
    "key": "gift_card",
    "name": {"en": "Buy a gift card"},
    "examples": {
        "en": [
            "I want to buy a gift card",
            "a voucher for my mother please",
            "can I get a present card for somebody",
            "I'd like to give someone a voucher",
            "sell me a gift voucher",
            "I need a gift card for a birthday",
        ]
    },
    "slots": {"amount": {"kind": "money", "ask": {"en": "Which amount?"}}},
    "start": "amount",
    "nodes": [{"id": "amount", "kind": "ask", "slot": "amount"}],
}
MEANT = "please sell me a voucher that I can give to a friend"  # no example


def gifts(**changes: Any) -> Graph:
    return read({**GIFTS, **changes})


@pytest.fixture(autouse=True)
def nothing_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process has read a moment ago is another test's."""
    asking.read_anew()
    monkeypatch.setattr("assistant.routing.drafting._kept", {})


def test_a_draft_begins_by_words_that_resemble_its_examples(assistant: Assistant, flows: None) -> None:
    create_flow(gifts(), author=None)
    assert "amount" not in Talk(assistant).say(MEANT)
    trial = Trial("gift_card")
    assert "Which amount?" in trial.say(MEANT)
    assert trial.heard == ["Begins the flow “Buy a gift card”"]
    assert trial.how[0].startswith("the router is ")


def test_it_is_as_sure_as_it_will_be_once_it_is_published(assistant: Assistant, flows: None) -> None:
    flow = create_flow(gifts(), author=None)
    tried = router_with(gifts())
    publish(flow.pk, author=None)
    running.train_if_changed()
    row = Router.objects.get()
    learned = asking.read(row)
    assert tried is not None and learned is not None
    vector = np.array(embed_query(MEANT))
    one, other = (fitted.likelihoods(vector, signs(MEANT)) for fitted in (tried, learned))
    assert one.keys() == other.keys()
    assert all(abs(one[label] - other[label]) < 0.001 for label in one)
    assert tried.bar == learned.bar


def test_an_example_that_is_taken_out_no_longer_counts(assistant: Assistant, flows: None) -> None:
    flow = create_flow(gifts(), author=None)
    publish(flow.pk, author=None)
    running.train_if_changed()
    few = {"en": ["gift card", "card for gifts"]}
    trial = Trial("gift_card", examples=few, unlike={"en": GIFTS["examples"]["en"]})
    trial.say(MEANT)
    assert trial.heard == ["No flow is concerned: the knowledge is asked."]
    assert "Which amount?" in Talk(assistant).say(MEANT)


def test_before_anything_is_learned_whole_examples_begin_a_flow(assistant: Assistant, articles: None) -> None:
    flow = create_flow(gifts(), author=None)
    trial = Trial("gift_card")
    trial.say(MEANT)
    assert "learned nothing yet" in trial.how[0]
    assert "Which amount?" in trial.say("A voucher, for my mother: please!")
    assert trial.how == ["word for word one of its examples"]
    publish(flow.pk, author=None)
    assert "Which amount?" in Talk(assistant).say("a voucher for my mother please")


def test_the_rest_is_learned_as_soon_as_there_is_a_draft(assistant: Assistant, articles: None) -> None:
    assert running.train_if_changed()
    assert not Router.objects.get().numbers
    create_flow(gifts(), author=None)
    assert running.train_if_changed()
    assert "Which amount?" in Trial("gift_card").say(MEANT)


def test_of_two_flows_with_the_same_example_neither_begins_unasked(
    assistant: Assistant, articles: None
) -> None:
    for key in ("gift_card", "voucher"):
        publish(create_flow(gifts(key=key, name={"en": key}), author=None).pk, author=None)
    talk = Talk(assistant)
    assert "Which of these" in talk.say("I want to buy a gift card")
    assert talk.options[:2] == ["gift_card", "voucher"]


def test_what_is_learned_follows_the_draft_as_it_is_written(assistant: Assistant, flows: None) -> None:
    flow = create_flow(gifts(examples={"en": ["gift card please"]}), author=None)
    assert "Which amount?" not in Trial("gift_card").say("could you hem my trousers")
    hems = {"en": ["hem my trousers", "I want my trousers hemmed", "shorten these trousers please"]}
    save_draft(flow.pk, gifts(examples=hems), author=None, seen=Flow.objects.get(pk=flow.pk).draft_number)
    assert "Which amount?" in Trial("gift_card").say("could you hem my trousers")
