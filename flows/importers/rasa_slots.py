"""The slots of a Rasa bot: what they are, from their types, mappings and questions. Pure."""

from __future__ import annotations

from typing import Any

from flows.importers.rasa_files import Bot, By
from flows.importers.rasa_says import asks, buttons_of, text_of, typed
from flows.importers.steps import choices, usable_pattern
from untrusted.shapes import mappings, text, texts

# What Duckling and spaCy call what they find, and what slots are often called.
KINDS = {
    "email": "email", "phone_number": "phone", "phone": "phone", "amount_of_money": "money", "time": "moment",
    "date": "date", "datetime": "moment", "number": "number", "ordinal": "number", "duration": "text",
    "zip_code": "postal_code", "postal_code": "postal_code", "zipcode": "postal_code",
}  # fmt: skip
PLAIN = {"bool": "yes_no", "float": "number", "int": "number"}


def declare(bot: Bot) -> None:
    """Every slot of the domain, so that flows can use it."""
    for name, definition in bot.slots.items():
        if name != "requested_slot":
            _declare(bot, name, definition)
    for form in bot.forms.values():
        for name in form:
            if name not in bot.slots:
                bot.project.slot(name, **_asked(bot, name))


def _declare(bot: Bot, name: str, definition: dict[str, Any]) -> None:
    project, kind = bot.project, _kind(bot, name, definition)
    found = _choices(bot, name, definition) if kind == "choice" else []
    pattern = _pattern(bot, name, definition) if kind == "code" else ""
    if kind == "choice" and not found or kind == "code" and not pattern:
        kind = "text"
    project.slot(name, kind=kind, choices=found, pattern=pattern, **_asked(bot, name))
    program = any(text(one.get("type")) in {"custom", "controlled"} for one in _mappings(definition))
    if text(definition.get("type")) in {"list", "any"}:
        project.draft("slot", name, "slot_as_text", type=text(definition.get("type")))
    elif program and not asks(bot, name):
        project.draft("slot", name, "filled_by_program")
    else:
        project.mapped("slot", name, "became_slot", kind=kind)


def given_by(bot: Bot, intent: str) -> dict[str, Any]:
    """The values that slots get because this intent begins a form."""
    found = {
        name: typed(one.get("value"))
        for name, definition in bot.slots.items()
        for one in _mappings(definition)
        if text(one.get("type")) == "from_trigger_intent" and intent in texts(one.get("intent"))
    }
    return {name: value for name, value in found.items() if value is not None}


def _mappings(definition: dict[str, Any]) -> list[dict[str, Any]]:
    return mappings(definition.get("mappings"))


def _kind(bot: Bot, name: str, definition: dict[str, Any]) -> str:
    declared = text(definition.get("type"))
    if declared == "categorical":
        return "choice"
    if declared in PLAIN:
        return PLAIN[declared]
    entities = [text(one.get("entity")) for one in _mappings(definition) if one.get("entity")]
    known = next(
        (KINDS[one.replace("-", "_")] for one in [*entities, name] if one.replace("-", "_") in KINDS), ""
    )
    if known:
        return known
    if _only_these(bot, name, definition):
        return "choice"
    return "code" if any(one in bot.patterns for one in entities) else "text"


def _only_these(bot: Bot, name: str, definition: dict[str, Any]) -> bool:
    """Whether the question offers values of this very slot and no words of one's own are taken."""
    free = any(text(one.get("type")) in {"from_text", "from_llm"} for one in _mappings(definition))
    return not free and bool(_offered(bot, name, definition))


def _offered(bot: Bot, name: str, definition: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The values that the question's buttons give, with their labels."""
    entities = {text(one.get("entity")) for one in _mappings(definition)} - {""}
    found: dict[str, dict[str, str]] = {}
    for code, title, given, _ in buttons_of(bot, asks(bot, name)):
        value = next((given[of] for of in (name, *sorted(entities)) if of in given), "")
        if value:
            found.setdefault(value, {})[code] = title
    return found


def _choices(bot: Bot, name: str, definition: dict[str, Any]) -> list[dict[str, Any]]:
    offered = _offered(bot, name, definition)
    entities = [text(one.get("entity")) for one in _mappings(definition) if one.get("entity")]
    said: By = {value: {} for value in [*texts(definition.get("values")), *offered]}
    for entity in [*entities, name]:
        for value, words in [*bot.values.get(entity, {}).items(), *bot.synonyms.items()]:
            for code, told in words.items() if value in said else ():
                known = said[value].setdefault(code, [])
                known += [one for one in told if one not in known and one.lower() != value.lower()]
    said.pop("__other__", None)
    return choices(said, offered)


def _pattern(bot: Bot, name: str, definition: dict[str, Any]) -> str:
    entities = [text(one.get("entity")) for one in _mappings(definition) if one.get("entity")]
    pattern = next((bot.patterns[one] for one in [*entities, name] if one in bot.patterns), "")
    if pattern and not usable_pattern(pattern):
        bot.project.draft("slot", name, "bad_pattern")
        return ""
    return pattern


def _asked(bot: Bot, name: str) -> dict[str, Any]:
    """Its question and its rejection, as texts."""
    return {"ask": text_of(bot, asks(bot, name)), "reject": text_of(bot, f"utter_invalid_{name}")}
