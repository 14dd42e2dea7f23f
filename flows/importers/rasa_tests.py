"""Rasa's end-to-end tests as scenarios: what a customer says, what the bot says, what must be so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.importers.base import Scenario, Turn
from flows.importers.rasa_files import Bot
from flows.importers.rasa_says import text_of
from untrusted.shapes import mapping, mappings, sequence, text

MOST_TURNS = 200


def read_tests(bot: Bot) -> None:
    """Stories in which the customer's words stand are tests as well, and no flows."""
    tests = [(bot.project.code(), text(one.get("test_case")), one) for one in bot.tests]
    stories = [
        (file, one) for file, one in bot.told if any("user" in step for step in mappings(one.get("steps")))
    ]
    bot.told = [one for one in bot.told if one not in stories]
    tests += [(bot.project.code(), text(one.get("story")) or file, one) for file, one in stories]
    for code, name, one in tests:
        turns = tuple(turn for step in mappings(one.get("steps")) for turn in _turns(bot, step))[:MOST_TURNS]
        if any(turn.role == "customer" for turn in turns):
            bot.project.scenario(Scenario(name[:200] or "?", turns, code))
        else:
            bot.project.left("test", name, "nothing_said")


def _turns(bot: Bot, step: dict[str, Any]) -> Iterator[Turn]:
    if said := text(step.get("user")):
        yield Turn("customer", said[:2_000])
    if utter := text(step.get("utter")) or _utterance(step):
        yield Turn("bot", _said(bot, utter), utter)
    if said := text(step.get("bot")):
        yield Turn("bot", said[:2_000])
    for kind in ("slot_was_set", "slot_was_not_set", "active_loop"):
        if kind in step:
            yield Turn("check", _shown(step[kind]), kind)
    for assertion in mappings(step.get("assertions")):
        yield from _assertion(bot, assertion)


def _utterance(step: dict[str, Any]) -> str:
    action = text(step.get("action"))
    return action if action.startswith("utter_") else ""


def _said(bot: Bot, utter: str) -> str:
    return next(iter(text_of(bot, utter).values()), "")


def _assertion(bot: Bot, assertion: dict[str, Any]) -> Iterator[Turn]:
    for kind, value in assertion.items():
        uttered = mapping(value)
        if kind == "bot_uttered":
            name = text(uttered.get("utter_name"))
            yield Turn("bot", text(uttered.get("text_matches")) or _said(bot, name), name)
        else:
            yield Turn("check", _shown(value), kind)


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
