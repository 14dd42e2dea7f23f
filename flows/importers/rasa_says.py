"""What a Rasa bot says (its `utter_…` responses) as steps. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from flows.importers.cards import shown, titles_of
from flows.importers.drawing import Drawing
from flows.importers.naming import in_words
from flows.importers.rasa_cards import cards_of, is_more, leads_to_page
from flows.importers.rasa_files import Bot
from flows.importers.steps import Node, branch, call, choose, label_of, option, say
from untrusted.shapes import mapping, mappings, text

BLANK = re.compile(r"\{\{\s*(?:slots\.)?([\w.-]+)\s*\}\}|\{([\w-]+)\}")
PAYLOAD = re.compile(r"^/([\w./-]+)\s*(\{.*\})?$", re.DOTALL)
SET_SLOTS = re.compile(r"^/SetSlots\((.*)\)$", re.DOTALL)
Button = tuple[str, str, dict[str, str], str]  # language, title, slots or entities it gives, intent


def asks(bot: Bot, slot: str, form: str = "") -> str:
    """The response that asks for a slot."""
    named = (
        [f"utter_ask_{form}_{slot}"]
        if form
        else [one for one in bot.responses if any(one == f"utter_ask_{known}_{slot}" for known in bot.forms)]
    )
    return next((one for one in [*named, f"utter_ask_{slot}"] if one in bot.responses), f"utter_ask_{slot}")


def with_blanks(bot: Bot, said: str) -> str:
    return BLANK.sub(lambda found: f"{{{bot.project.slot_keys.of(found[1] or found[2])}}}", said)


def text_of(bot: Bot, utter: str, ways: list[tuple[str, dict[str, Any]]] | None = None) -> dict[str, str]:
    """The first way to say it in each language, those of one channel and of a condition only if need be."""
    found: dict[str, str] = {}
    bot.said.add(utter)
    given = bot.responses.get(utter, []) if ways is None else ways
    for code, one in sorted(
        given, key=lambda way: bool(way[1].get("channel")) + bool(way[1].get("condition"))
    ):
        code = (
            bot.project.code(text(mapping(one.get("metadata")).get("language")))
            if one.get("metadata")
            else code
        )
        for of, given_text in [(code, one.get("text")), *mapping(one.get("translation")).items()]:
            said = text(mapping(given_text).get("text")) or text(given_text)
            if said:
                found.setdefault(bot.project.code(of), with_blanks(bot, said)[:4_000])
    return found


def buttons_of(bot: Bot, utter: str) -> Iterator[Button]:
    """The buttons of the ways to say it, one way for each language."""
    seen = set()
    for code, one in bot.responses.get(utter, []):
        buttons = mappings(one.get("buttons"))
        if not buttons or code in seen:
            continue
        seen.add(code)
        for button in buttons:
            if leads_to_page(button):  # see `flows/importers/rasa_cards.py`
                continue
            given, intent = _payload(text(button.get("payload")))
            yield code, text(button.get("title")), given, intent


def _payload(payload: str) -> tuple[dict[str, str], str]:
    if found := SET_SLOTS.match(payload):
        pairs = (one.partition("=") for one in found[1].split(","))
        return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs if value.strip()}, ""
    if not (found := PAYLOAD.match(payload)):
        return {}, ""
    try:
        given = mapping(orjson.loads(found[2])) if found[2] else {}
    except orjson.JSONDecodeError:
        given = {}
    return {name: text(value) for name, value in given.items() if text(value)}, found[1]


def uttered(bot: Bot, drawing: Drawing, utter: str, *, then: str, at: str = "") -> str:
    """The steps that say it, its conditions as a branch, its buttons as ways on."""
    conditional: dict[str, tuple[Any, list[tuple[str, dict[str, Any]]]]] = {}
    for way in bot.responses.get(utter, []):
        if when := _condition(bot, way[1]):
            conditional.setdefault(repr(when), (when, []))[1].append(way)
    plain = _said(bot, drawing, utter, then)
    if not conditional:
        return drawing.chain(plain, then=then, at=at)
    cases = [
        (when, drawing.chain(say(text_of(bot, utter, ways), utter), then=then))
        for when, ways in conditional.values()
    ]
    otherwise = drawing.chain(_said(bot, drawing, utter, then, usual=True), then=then)
    return drawing.chain([branch(cases, next=otherwise)], then=then, at=at)


def _said(bot: Bot, drawing: Drawing, utter: str, then: str, *, usual: bool = False) -> list[Node]:
    ways = [way for way in bot.responses.get(utter, []) if not (usual and way[1].get("condition"))]
    text_in = text_of(bot, utter, ways)
    if not ways:
        bot.project.draft("response", utter, "no_response", flow=drawing.key)
    if any(is_more(one) for _, one in ways):
        bot.project.draft("response", utter, "only_its_text")
    if len(ways) > max(len(text_in), 1):
        bot.project.mapped("response", utter, "first_of_several", number=len(ways))
    options = _options(bot, drawing, utter, then)
    cards = cards_of(bot, drawing.key, utter, ways)
    if not options:
        return shown(text_in, cards, utter)
    text_in = text_in or titles_of(cards)
    return [*shown({}, cards, utter), choose(text_in, options, otherwise=then)]


def _options(bot: Bot, drawing: Drawing, utter: str, then: str) -> list[Node]:
    options: dict[str, Node] = {}
    for number, (code, title, given, intent) in enumerate(buttons_of(bot, utter)):
        value = intent or ", ".join(given.values()) or title
        key = f"{intent}{sorted(given.items())}" if intent or given else str(number)
        known = options.setdefault(key, option(value, {}, bot.examples([intent]), next=""))
        known["label"] = {**known["label"], code: title[:120]}
        known["next"] = known["next"] or _after_button(bot, drawing, given, intent, then)
    return list(options.values())


def _after_button(bot: Bot, drawing: Drawing, given: dict[str, str], intent: str, then: str) -> str:
    """A button gives slots their values, or begins another flow: the one that its intent begins."""
    flow = bot.begun_by.get(intent, "")
    steps: list[Node] = []
    if given:
        steps.append(
            {"kind": "set", "values": {bot.project.slot_keys.of(name): one for name, one in given.items()}}
        )
    if flow and flow != drawing.key:
        steps.append(call(flow))
    return drawing.chain(steps, then=then)


def _condition(bot: Bot, way: dict[str, Any]) -> dict[str, Any] | None:
    tests = [
        {
            "fact": f"slots.{bot.project.slot_keys.of(text(one.get('name')))}",
            "op": "is",
            "value": typed(one.get("value")),
        }
        for one in mappings(way.get("condition"))
        if text(one.get("type")) == "slot" and text(one.get("name"))
    ]
    return tests[0] if len(tests) == 1 else {"all": tests} if tests else None


def typed(value: Any) -> str | bool | float | None:
    """YAML was read as text: what would have been a number, yes, no or nothing becomes one again."""
    said = text(value)
    fixed = {"true": True, "false": False, "null": None, "~": None, "": None}
    if said.lower() in fixed:
        return fixed[said.lower()]
    return float(said) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", said) else said[:1_000]


def intent_label(bot: Bot, intent: str, codes: list[str], shown: str = "") -> dict[str, str]:
    return label_of(intent, shown or in_words(intent), codes)
