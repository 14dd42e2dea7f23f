"""All that a flow says, and all that it fills into it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from flows import graph as form
from flows.cards import Card
from flows.graph import Graph
from flows.parts import Text
from flows.shown_cards import ITEM
from flows.texts import placeholders

Lack = Literal["stops", "warns", ""]  # "": it may be left out


class Said(NamedTuple):
    """A text that customers read, and what it means where it is missing altogether."""

    node: str
    field: str
    text: Text
    lack: Lack = ""


def texts(graph: Graph, asked: Mapping[str, str]) -> Iterator[Said]:
    yield Said("", "name", graph.name, "warns" if graph.begins else "")
    named = {name for node in graph.nodes if isinstance(node, form.Form) for name in node.slots}
    for name, slot in graph.slots.items():
        place = f"slots.{name}"
        yield Said("", f"{place}.ask", slot.ask, "warns" if name in asked else "")
        yield Said("", f"{place}.label", slot.label, "stops" if name in named else "")
        yield Said("", f"{place}.reject", slot.reject)
        for number, choice in enumerate(slot.choices):
            yield Said("", f"{place}.choices.{number}.label", choice.label)
    for node in graph.nodes:
        yield from _of_step(node)


def _of_step(node: form.Node) -> Iterator[Said]:
    if isinstance(node, form.Say | form.Choose):
        yield Said(node.id, "text", node.text, "" if getattr(node, "cards", ()) else "stops")
    elif isinstance(node, form.HandOff | form.End | form.Form):
        yield Said(node.id, "text", node.text)
    elif isinstance(node, form.Act):
        yield Said(node.id, "confirm", node.confirm)
    elif isinstance(node, form.Answer):
        yield Said(node.id, "question", node.question)
    if isinstance(node, form.Choose):
        for number, option in enumerate(node.options):
            yield Said(node.id, f"options.{number}.label", option.label)
    if isinstance(node, form.Say):
        for number, card in enumerate(node.cards):
            yield from _of_card(node.id, f"cards.{number}", card)


def _of_card(node: str, place: str, card: Card) -> Iterator[Said]:
    yield Said(node, f"{place}.title", card.title, "stops")
    yield Said(node, f"{place}.text", card.text)
    yield Said(node, f"{place}.alt", card.alt, "warns" if card.picture else "")
    for number, button in enumerate(card.buttons):
        yield Said(node, f"{place}.buttons.{number}.label", button.label, "stops")
        yield Said(node, f"{place}.buttons.{number}.says", button.says)


def named_in(graph: Graph, said: list[Said]) -> Iterator[tuple[str, str, str]]:
    """(step, field, path of a fact) for each placeholder, also in what no customer reads."""
    repeated = set(_repeated(graph))
    for node, field, text, _lack in said:
        if node or field.endswith((".ask", ".reject")):
            for one in text.values():
                yield from _named(node, field, one, repeated)
    for step in graph.nodes:
        if isinstance(step, form.Say):
            yield from _named_in_cards(step, repeated)
        templates = (
            step.given if isinstance(step, form.Act) else step.values if isinstance(step, form.Set) else {}
        )
        kind = "given" if isinstance(step, form.Act) else "values"
        for name, template in templates.items():
            if isinstance(template, str):
                yield from ((step.id, f"{kind}.{name}", path) for path in placeholders(template))


def _repeated(graph: Graph) -> Iterator[tuple[str, str]]:
    """(step, place) of the cards of which there is one for each element of a list."""
    for step in graph.nodes:
        for number, card in enumerate(step.cards if isinstance(step, form.Say) else ()):
            if card.each:
                yield step.id, f"cards.{number}"


def _named(
    node: str, field: str, text: str, repeated: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """`{item.name}` is a part of the element that such a card stands for, no fact."""
    of_element = (node, ".".join(field.split(".")[:2])) in repeated
    for path in placeholders(text):
        if not of_element or path.split(".")[:2] != ["slots", ITEM]:
            yield node, field, path


def _named_in_cards(step: form.Say, repeated: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for number, card in enumerate(step.cards):
        place = f"cards.{number}"
        if card.each:
            yield step.id, f"{place}.each", f"slots.{card.each}"
        for position, button in enumerate(card.buttons):
            yield from _named(step.id, f"{place}.buttons.{position}.link", button.link, repeated)
