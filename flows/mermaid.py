"""A flow as a Mermaid picture, for a README or a wiki. Pure.

Steps have numbers for names, since Mermaid takes words such as `end` or `o` for its own, and every sign that
means something to it or to the browser is written as its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows import graph as form
from flows.conditions import All, AnyOf, Not
from flows.graph import Graph, ways
from flows.slot import Slot
from flows.texts import in_language

LONGEST = 80  # characters of a text in the picture
SHAPES = {
    "say": ("[", "]"), "ask": ("[/", "/]"), "form": ("[/", "/]"), "choose": ("{{", "}}"),
    "branch": ("{", "}"), "set": ("[", "]"), "act": ("[[", "]]"), "answer": ("(", ")"), "handoff": (">", "]"),
    "call": ("[[", "]]"), "end": ("([", "])"),
}  # fmt: skip
# Formulas and icons are made after the signs are read: something that nobody sees stands between.
MADE_LATER = re.compile(r"(?<=\$)(?=\$)|(?<=:)(?=fa)")
# A letter, a digit or a sign that is only itself, wherever it stands.
PLAIN = re.compile(r"[^\W_]|[ ,.!?…’«»–—€°]")
SIGNS = {
    "is": "=", "is_not": "≠", "above": ">", "below": "<", "at_least": "≥", "at_most": "≤", "contains": "∋",
    "one_of": "∈", "known": "known", "unknown": "unknown",
}  # fmt: skip


def to_mermaid(graph: Graph, language: str) -> str:
    numbers = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    name = in_language(graph.name, language) or graph.key
    lines = ["flowchart TD", f'  begin(("{escaped(name)}"))']
    lines += [_step(graph, node, numbers[node.id], language) for node in graph.nodes]
    if graph.start in numbers:
        lines.append(f"  begin --> {numbers[graph.start]}")
    lines += [line for node in graph.nodes for line in _arrows(node, numbers, language)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """On one line, cut where it is long, and meaning nothing but itself within quotes."""
    text = " ".join(text.split())
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    text = MADE_LATER.sub("\u2060", text)
    return "".join(sign if PLAIN.fullmatch(sign) else f"#{ord(sign)};" for sign in text) or "#160;"


def _step(graph: Graph, node: Any, number: str, language: str) -> str:
    left, right = SHAPES[node.kind]
    first, second = escaped(node.id), escaped(words_of(graph, node, language))
    return f'  {number}{left}"{first}<br/>{second}"{right}'


def words_of(graph: Graph, node: Any, language: str) -> str:
    """What the step says or does, in a few words."""
    if isinstance(node, form.Ask):
        return str(in_language(graph.slots.get(node.slot, Slot()).ask, language) or node.slot)
    if isinstance(node, form.Form):
        labels = [in_language(graph.slots.get(name, Slot()).label, language) or name for name in node.slots]
        return f"{in_language(node.text, language)} ({', '.join(labels)})".strip()
    if isinstance(node, form.Set):
        return ", ".join(f"{name} = {_value(value)}" for name, value in sorted(node.values.items()))
    if isinstance(node, form.Act):
        return f"{node.action} {in_language(node.confirm, language)}".strip()
    if isinstance(node, form.Call):
        return f"→ {node.flow}"
    text = node.question if isinstance(node, form.Answer) else getattr(node, "text", {})
    cards = [f"[{in_language(card.title, language)}]" for card in getattr(node, "cards", ())]
    return " ".join(filter(None, [str(in_language(text, language)), *cards]))


def _arrows(node: Any, numbers: dict[str, str], language: str) -> Iterator[str]:
    """The ends of a flow have no arrow: what nothing leads on from is an end."""
    for field, target in ways(node):
        if target in numbers:
            label = way_label(node, field, language)
            arrow = f'-->|"{escaped(label)}"|' if label else "-->"
            yield f"  {numbers[node.id]} {arrow} {numbers[target]}"


def way_label(node: Any, field: str, language: str) -> str:
    part, _, number = field.partition(".")
    if part == "options":
        option = node.options[int(number)]
        return str(in_language(option.label, language) or option.value)
    if part == "cases":
        return shown(node.cases[int(number)].when)
    return "" if field == "next" else field


def shown(condition: Any) -> str:
    """A condition in signs: `guests > 8 ∧ ¬ vip = true`."""
    if isinstance(condition, Not):
        return f"¬ ({shown(condition.no)})"
    if isinstance(condition, All | AnyOf):
        inner = condition.all if isinstance(condition, All) else condition.any
        return (" ∧ " if isinstance(condition, All) else " ∨ ").join(f"({shown(one)})" for one in inner)
    value = "" if condition.op in ("known", "unknown") else f" {_value(condition.value)}"
    return f"{condition.fact.removeprefix('slots.')} {SIGNS[condition.op]}{value}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(one) for one in value)
    return "–" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
