"""The words of a flow in a customer's language, with the values that stand in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flows.conditions import fact
from flows.slot import Slot
from flows.values import shown

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]{0,79})\}")
AT_THE_END = re.compile(rf"{PLACEHOLDER.pattern}(\.(?!\w))?")  # with the full stop behind it
ROOTS = {"slots", "customer", "conversation", "time", "action"}
SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def in_language(text: Mapping[str, Any], language: str) -> Any:
    """In the customer's language, else in the one it comes nearest to, else in any it has; "" for none."""
    for wanted in (language, language.partition("-")[0]):
        if text.get(wanted):
            return text[wanted]
    return next((one for one in text.values() if one), "")


def render(text: str, facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str) -> str:
    """`{order}` and `{slots.order}` are slots, `{customer.name}` a fact; what is not known is left out.

    Values are shown as words of the language, and mean nothing in Markdown. One that ends a sentence needs no
    full stop: "Now back to: Where is my order?"
    """
    return _with_values(text, lambda name: SPECIAL.sub(r"\\\1", _shown(name, facts, slots, language)))


def words(text: str, facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str) -> str:
    """The same where nothing is Markdown: values stand there as they are."""
    return _with_values(text, lambda name: _shown(name, facts, slots, language))


def _with_values(text: str, value_of: Callable[[str], str]) -> str:
    def value(found: re.Match[str]) -> str:
        said = value_of(found[1])
        return said if said.endswith((".", "?", "!", "…")) else said + (found[2] or "")

    return AT_THE_END.sub(value, text)


def _shown(name: str, facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str) -> str:
    path = path_of(name)
    return shown(fact(facts, path), slots.get(path.removeprefix("slots.")), language)


def filled(template: Any, facts: Mapping[str, Any]) -> Any:
    """The value of a template that is not shown: `"{order}"` alone is the value itself, in its own form."""
    if not isinstance(template, str):
        return template
    alone = PLACEHOLDER.fullmatch(template.strip())
    if alone:
        return fact(facts, path_of(alone[1]))
    return PLACEHOLDER.sub(lambda found: plain(fact(facts, path_of(found[1]))), template)


def placeholders(text: str) -> set[str]:
    """The facts that a text names, by their full paths."""
    return {path_of(name) for name in PLACEHOLDER.findall(text)}


def path_of(name: str) -> str:
    return name if "." in name and name.partition(".")[0] in ROOTS else f"slots.{name}"


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = value.get("amount", value.get("from", value.get("name", "")))
    return str(value)
