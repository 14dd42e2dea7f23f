"""Whether the cards of a step can be shown, and their buttons do something. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows import graph as form
from flows.cards import MOST_BUTTONS, MOST_CARDS, Card, CardButton
from flows.checks.base import Draft, Problem
from flows.links import may_lead_there


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.graph.nodes:
        if isinstance(node, form.Say) and node.cards:
            yield from _of_step(draft, node)


def _of_step(draft: Draft, node: form.Say) -> Iterator[Problem]:
    if len(node.cards) > MOST_CARDS:
        yield Problem("stops", node.id, "cards", "too_many_cards", {"most": MOST_CARDS})
    for number, card in enumerate(node.cards):
        place = f"cards.{number}"
        if card.picture and draft.pictures is not None and card.picture not in draft.pictures:
            yield Problem("warns", node.id, f"{place}.picture", "no_picture")
        if card.each:
            yield from _each(draft, node.id, f"{place}.each", card)
        if len(card.buttons) > MOST_BUTTONS:
            yield Problem("stops", node.id, f"{place}.buttons", "too_many_buttons", {"most": MOST_BUTTONS})
        for position, button in enumerate(card.buttons):
            yield from _button(node.id, f"{place}.buttons.{position}", button)


def _each(draft: Draft, node: str, field: str, card: Card) -> Iterator[Problem]:
    """Only actions bring lists; a flow that is called may get or hand back what another action brought."""
    if card.each not in draft.graph.slots:
        yield Problem("stops", node, field, "undeclared_slot", {"name": card.each})
        return
    slot, nodes = draft.graph.slots[card.each], draft.graph.nodes
    brought = any(card.each in one.takes for one in nodes if isinstance(one, form.Act))
    shared = slot.remembered or not draft.graph.begins or any(isinstance(one, form.Call) for one in nodes)
    if not brought and not shared:
        yield Problem("warns", node, field, "no_list", {"name": card.each})


def _button(node: str, place: str, button: CardButton) -> Iterator[Problem]:
    says = any(button.says.values())
    if button.link and says:
        yield Problem("stops", node, f"{place}.link", "two_targets")
    elif button.link and not may_lead_there(button.link):
        yield Problem("stops", node, f"{place}.link", "no_link")
    elif not button.link and not says:
        yield Problem("stops", node, f"{place}.says" if button.says else f"{place}.link", "no_target")
