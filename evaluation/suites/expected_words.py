"""What can be expected of an answer, for whoever writes a scenario: each word with a line as an example."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from evaluation.scenario_words import EXPECTATIONS

# In the order in which they are reached for.
EXAMPLES = {
    "says": "says: [thirty days]",
    "says_not": "says_not: [I do not know]",
    "matches": "matches: ['\\d+ days']",
    "means": "means: [You can return it within thirty days]",
    "cites": "cites: [How do I return an item?]",
    "cites_one": "cites_one: [Returns, How do I return an item?]",
    "outcome": "outcome: answered",
    "handoff": "handoff: true",
    "offers": "offers: [Return an item]",
    "flow": "flow: return_item",
    "at": "at: return_item/order",
    "ends": "ends: return_item",
    "slots": "slots: {order: LP-2041170}",
    "actions": "actions: [look_up_order]",
    "called": "called: {look_up_order: {order: LP-2041170}}",
    "language": "language: en",
    "within": "within: 5",
    "costs": "costs: 0.01",
    "rubric": "rubric: It is friendly, and says what to do next.",
}


@dataclass(frozen=True)
class Word:
    name: str
    meaning: Promise
    example: str


EXPECTED = tuple(Word(name, EXPECTATIONS[name], example) for name, example in EXAMPLES.items())
