"""Cards as a customer gets them: in one language, with their values, within limits. Pure.

They are words, not Markdown: whatever an action brings stands there as it is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows.cards import MOST_BUTTONS, MOST_CARDS, Card, CardButton
from flows.conditions import fact
from flows.links import link_to
from flows.offers import without_spare
from flows.slot import Slot
from flows.texts import PLACEHOLDER, in_language, path_of, words

LONGEST_TITLE, LONGEST_TEXT, LONGEST_LABEL, LONGEST_SAID = 200, 1_000, 80, 500
ITEM = "item"


@dataclass(frozen=True, slots=True)
class ShownButton:
    """Either leads somewhere or is said."""

    label: str
    link: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class ShownCard:
    title: str
    text: str = ""
    buttons: tuple[ShownButton, ...] = ()
    picture: str = ""  # its id
    alt: str = ""  # the picture in words


def cards_of(
    cards: Sequence[Card], facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str
) -> tuple[ShownCard, ...]:
    """At most as many as one step shows; one with neither title nor text is left out."""
    made: list[ShownCard] = []
    for card, own in _repeated(cards, facts):
        if len(made) < MOST_CARDS and (shown := _card(card, own, slots, language)):
            made.append(shown)
    return tuple(made)


def _repeated(cards: Iterable[Card], facts: Mapping[str, Any]) -> Iterator[tuple[Card, Mapping[str, Any]]]:
    for card in cards:
        if not card.each:
            yield card, facts
            continue
        elements = fact(facts, f"slots.{card.each}")
        shown = without_spare(elements) if isinstance(elements, list | tuple) else []
        for element in shown[:MOST_CARDS]:
            yield card, {**facts, "slots": {**facts.get("slots", {}), ITEM: element}}


def _card(card: Card, facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str) -> ShownCard | None:
    if card.each:  # what stands for the element hides a slot of that name
        slots = {name: slot for name, slot in slots.items() if name != ITEM}
    title, text = (
        words(in_language(one, language), facts, slots, language).strip() for one in (card.title, card.text)
    )
    if not title and not text:
        return None
    drawn = (_button(button, facts, slots, language) for button in card.buttons[:MOST_BUTTONS])
    buttons = tuple(button for button in drawn if button)
    alt = " ".join(words(in_language(card.alt, language), facts, slots, language).split())
    return ShownCard(
        cut(" ".join(title.split()), LONGEST_TITLE),
        cut(text, LONGEST_TEXT),
        buttons,
        card.picture,
        cut(alt, LONGEST_TITLE) if card.picture else "",
    )


def _button(
    button: CardButton, facts: Mapping[str, Any], slots: Mapping[str, Slot], language: str
) -> ShownButton | None:
    """None for one that would lead nowhere, or say a sentence with a hole in it."""
    label = " ".join(words(in_language(button.label, language), facts, slots, language).split())
    said = str(in_language(button.says, language))
    shown = ShownButton(cut(label, LONGEST_LABEL))
    if not label:
        return None
    if button.link:
        link = link_to(button.link, facts)
        return replace(shown, link=link) if link else None
    if any(fact(facts, path_of(name)) in (None, "") for name in PLACEHOLDER.findall(said)):
        return None
    says = " ".join(words(said, facts, slots, language).split())
    return replace(shown, says=cut(says, LONGEST_SAID)) if says else None


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def sign_of(cards: Sequence[ShownCard]) -> str:
    """The same for the same cards; "" for none."""
    return hashlib.blake2b(repr(cards).encode(), digest_size=6).hexdigest() if cards else ""


def in_words(cards: Iterable[Any]) -> str:
    """What cards say, as text: a title on a line of its own, what stands below it, the buttons."""
    return "\n\n".join(_in_words(card) for card in cards)


def _in_words(card: Any) -> str:
    buttons = " ".join(f"[{button.label}]" for button in card.buttons)
    alt = f"({card.alt})" if card.alt else ""
    return "\n".join(part for part in (card.title, card.text, alt, buttons) if part)
