"""Cards within a reply: what their buttons say for the customer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.events import Option
from flows.shown_cards import ShownCard

MOST_IN_ANSWER = 20


def options_of(cards: Iterable[ShownCard]) -> tuple[Option, ...]:
    """What is said by pressing a button: the same as a quick reply, only drawn inside its card."""
    buttons = (button for card in cards for button in card.buttons)
    return tuple(Option(button.label, button.says) for button in buttons if button.says)


def without_replies(cards: Iterable[ShownCard]) -> tuple[ShownCard, ...]:
    """With links only, where nothing is to be said to the assistant any more: a person takes over."""
    return tuple(
        replace(card, buttons=tuple(button for button in card.buttons if button.link)) for card in cards
    )
