"""The cards of an answer: as they are kept with its message, and as they are shown.

What a button says for the customer is one of the message's options: the button names its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.events import Answer, Option
from conversations.masking import without_cards as masked
from flows.shown_cards import ShownButton, ShownCard, in_words

Kept = dict[str, Any]


def as_options(answer: Answer) -> list[dict[str, str]]:
    return [{"label": masked(one.label), "text": masked(one.text)} for one in answer.options]


def as_data(answer: Answer) -> dict[str, list[Kept]]:
    """For `Message.data`; the number of a payment card that an action brought is masked."""
    left = dict(enumerate(answer.options))
    cards = [
        {
            "title": masked(card.title),
            "text": masked(card.text),
            "buttons": [kept for button in card.buttons if (kept := _button(button, left))],
        }
        for card in answer.cards
    ]
    return {"cards": cards} if cards else {}


def _button(button: ShownButton, left: dict[int, Option]) -> Kept | None:
    """None for one that says what is not offered any more."""
    if button.link:
        return {"label": masked(button.label), "link": button.link}
    wanted = Option(button.label, button.says)
    number = next((number for number in reversed(left) if left[number] == wanted), None)
    if number is None:
        return None
    del left[number]  # each button has one of its own
    return {"label": masked(button.label), "option": number}


def cards_of(data: Mapping[str, Any]) -> list[Kept]:
    """A protocol.CardView each, ready to be serialised."""
    return [{**card, "buttons": [_whole(one) for one in card["buttons"]]} for card in data.get("cards", ())]


def _whole(button: Kept) -> Kept:
    return {"label": button["label"], "link": button.get("link", ""), "option": button.get("option")}


def other_options(options: Sequence[Kept], cards: Sequence[Kept]) -> list[Kept]:
    """Those that stand in no card, each with its number."""
    inside = {button["option"] for card in cards for button in card["buttons"]}
    return [{**one, "number": number} for number, one in enumerate(options) if number not in inside]


def words_of_cards(data: Mapping[str, Any]) -> str:
    """What they say, for whoever reads no cards: a model, a list, a search."""
    return in_words(
        ShownCard(card["title"], card["text"], tuple(ShownButton(one["label"]) for one in card["buttons"]))
        for card in data.get("cards", ())
    )


def titles_of(data: Mapping[str, Any]) -> str:
    return ", ".join(card["title"] or card["text"] for card in data.get("cards", ()))
