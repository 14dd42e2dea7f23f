"""Rasa's end-to-end tests as scenarios: what a customer says, what the bot says, what must be so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.importers.base import ACTION, LATER, PERSON, SLOTS, STARTED, Scenario, Turn
from flows.importers.rasa_files import Bot
from flows.importers.rasa_says import asks, text_of, typed
from untrusted.shapes import mapping, mappings, sequence, text

MOST_TURNS = 200
Test = tuple[str, dict[str, Any]]


def take_tests(bot: Bot) -> list[Test]:
    """Stories in which the customer's words stand are tests as well, and no flows."""
    tests = [(text(one.get("test_case")), one) for one in bot.tests]
    stories = [one for one in bot.told if any("user" in step for step in mappings(one[1].get("steps")))]
    bot.told = [one for one in bot.told if one not in stories]
    return tests + [(text(one.get("story")) or file, one) for file, one in stories]


def read_tests(bot: Bot, tests: list[Test]) -> None:
    """Once the flows are known that their intents begin."""
    for name, one in tests:
        turns = tuple(_Test(bot).turns(mappings(one.get("steps"))))[:MOST_TURNS]
        if any(turn.role == "customer" for turn in turns):
            bot.project.scenario(Scenario(name[:200] or "?", turns, bot.project.code()))
        else:
            bot.project.left("test", name, "nothing_said")


class _Test:
    """`hidden` is so behind a form: the test does not show what the customer answers to it."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.project, self.hidden = bot, bot.project, False

    def turns(self, steps: list[dict[str, Any]]) -> Iterator[Turn]:
        for step in steps:
            yield from self._turn(step)

    def _turn(self, step: dict[str, Any]) -> Iterator[Turn]:
        intent = text(step.get("intent"))
        if said := text(step.get("user")) or self._example(intent):
            self.hidden = False
            yield Turn("customer", said[:2_000])
            yield from self._meant(intent)
        elif intent:
            self.hidden = True
        if utter := text(step.get("utter")) or _utterance(step):
            yield Turn(
                "check" if self.hidden else "bot", _said(self.bot, utter), LATER if self.hidden else utter
            )
        elif action := text(step.get("action")):
            yield from self._done(action)
        if said := text(step.get("bot")):
            yield Turn("bot", said[:2_000])
        for kind in ("slot_was_set", "slot_was_not_set"):
            if kind in step:
                yield self._slots(kind, step[kind])
        for assertion in mappings(step.get("assertions")):
            yield from self._assertion(assertion)

    def _example(self, intent: str) -> str:
        """What the customer may have said, where only the intent is told."""
        return next((one for said in self.bot.examples([intent]).values() for one in said), "")

    def _meant(self, intent: str) -> Iterator[Turn]:
        if flow := self.bot.begun_by.get(intent, ""):
            yield Turn("check", flow, STARTED)
        elif intent in self.bot.persons:
            yield Turn("check", intent, PERSON)

    def _done(self, action: str) -> Iterator[Turn]:
        if action in self.bot.forms:
            question = text_of(self.bot, asks(self.bot, next(iter(self.bot.forms[action]), ""), action))
            yield from (Turn("bot", said, action) for said in [*question.values()][:1] if not self.hidden)
            self.hidden = True
        elif key := self.project.programs.keys.known(action):
            yield Turn("check", key, LATER if self.hidden else ACTION)
        else:
            yield Turn("check", action, LATER)

    def _slots(self, kind: str, given: Any) -> Turn:
        """`[{"name": "amount", "value": "50"}]` or `[{"amount": "50"}]`."""
        values: dict[str, Any] = {}
        for one in mappings(sequence(given) or [given]):
            if "name" in one and "value" not in one and "name" not in self.bot.slots:
                continue  # that it was set, whatever to
            pairs = (
                [(text(one["name"]), one["value"])] if {"name", "value"} <= set(one) else list(one.items())
            )
            values |= {
                self.project.slot_keys.of(name): typed(value) for name, value in pairs
                if name and name != "requested_slot"
            }  # fmt: skip
        gone = self.project.answers - {name for flow in self.project.made.flows for name in flow.slots}
        values = {name: value for name, value in values.items() if name not in gone}
        return Turn("check", _shown(given), kind, values if kind == SLOTS else {})

    def _assertion(self, assertion: dict[str, Any]) -> Iterator[Turn]:
        for kind, value in assertion.items():
            uttered = mapping(value)
            if kind == "bot_uttered":
                name = text(uttered.get("utter_name"))
                yield Turn("bot", text(uttered.get("text_matches")) or _said(self.bot, name), name)
            elif kind in (SLOTS, "slot_was_not_set"):
                yield self._slots(kind, value)
            elif kind in (STARTED, "flow_completed"):
                flow = text(mapping(value).get("flow_id")) or text(value)
                yield Turn("check", self.project.flow_keys.of(flow), kind)
            elif kind == "action_executed" and (key := self.project.programs.keys.known(text(value))):
                yield Turn("check", key, ACTION)
            else:
                yield Turn("check", _shown(value), kind)


def _utterance(step: dict[str, Any]) -> str:
    action = text(step.get("action"))
    return action if action.startswith("utter_") else ""


def _said(bot: Bot, utter: str) -> str:
    return next(iter(text_of(bot, utter).values()), "")


def _shown(value: Any) -> str:
    """`[{"name": "amount", "value": "50"}]` as "amount = 50"."""
    told = []
    for one in sequence(value) or [value]:
        if not isinstance(one, dict):
            told.append(text(one))
        elif "name" in one:
            told.append(
                f"{text(one['name'])} = {text(one.get('value'))}" if "value" in one else text(one["name"])
            )
        else:
            told += [f"{name} = {text(given)}" for name, given in one.items()]
    return ", ".join(told)[:500]
