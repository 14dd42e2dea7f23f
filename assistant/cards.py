"""Cards within a reply: what their buttons say for the customer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.events import Answer, Option
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


def without_repeats(answer: Answer) -> Answer:
    """What a card says by a button is not offered below it too. The cards' options are the last ones."""
    drawn = options_of(answer.cards)
    said = {option.text for option in drawn}
    others = answer.options[: len(answer.options) - len(drawn)]
    kept = tuple(option for option in others if option.text not in said)
    return replace(answer, options=(*kept, *drawn))
