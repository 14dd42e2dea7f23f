"""The cards of an answer: as they are kept with its message, and as they are shown.

What a button says for the customer is one of the message's options: the button names its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.events import Answer, Option
from conversations.masking import without_cards as masked
from flows.pictures.rows import address_of, sizes_of
from flows.shown_cards import ShownButton, ShownCard, in_words

Kept = dict[str, Any]


def as_options(answer: Answer) -> list[dict[str, str]]:
    return [{"label": masked(one.label), "text": masked(one.text)} for one in answer.options]


def numbered(options: Sequence[Any], data: Mapping[str, Any]) -> int | None:
    """How many of the options a number may mean: those in cards stand last, and give way to a question."""
    if not data.get("asks"):
        return None
    buttons = [button for card in cards_of(data) for button in card["buttons"]]
    return len(options) - sum(button.get("option") is not None for button in buttons)


def as_data(answer: Answer) -> dict[str, list[Kept]]:
    """For `Message.data`; the number of a payment card that an action brought is masked."""
    left = dict(enumerate(answer.options))
    sizes = sizes_of(card.picture for card in answer.cards)
    cards = [
        {
            "title": masked(card.title),
            "text": masked(card.text),
            **_picture(card, sizes),
            "buttons": [kept for button in card.buttons if (kept := _button(button, left))],
        }
        for card in answer.cards
    ]
    return {"cards": cards} if cards else {}


def _picture(card: ShownCard, sizes: Mapping[str, tuple[int, int]]) -> Kept:
    """One that is not there any more is not shown."""
    if card.picture not in sizes:
        return {}
    width, height = sizes[card.picture]
    told = {"id": card.picture, "alt": masked(card.alt), "width": width, "height": height}
    return {"picture": told}


def _button(button: ShownButton, left: dict[int, Option]) -> Kept | None:
    """None for one that says what is not offered any more."""
    if button.link:
        return {"label": masked(button.label), "link": masked(button.link)}
    wanted = Option(button.label, button.says)
    number = next((number for number in reversed(left) if left[number] == wanted), None)
    if number is None:
        return None
    del left[number]  # each button has one of its own
    return {"label": masked(button.label), "option": number}


def cards_of(data: Mapping[str, Any]) -> list[Kept]:
    """A protocol.CardView each, ready to be serialised."""
    return [
        {**card, "picture": _seen(card.get("picture")), "buttons": [_whole(one) for one in card["buttons"]]}
        for card in data.get("cards", ())
    ]


def _seen(picture: Kept | None) -> Kept | None:
    if picture is None:
        return None
    return {"url": address_of(picture["id"]), **{name: picture[name] for name in ("alt", "width", "height")}}


def _whole(button: Kept) -> Kept:
    return {"label": button["label"], "link": button.get("link", ""), "option": button.get("option")}


def other_options(options: Sequence[Kept], cards: Sequence[Kept]) -> list[Kept]:
    """Those that stand in no card, each with its number."""
    inside = {button["option"] for card in cards for button in card["buttons"]}
    return [{**one, "number": number} for number, one in enumerate(options) if number not in inside]


def words_of_cards(data: Mapping[str, Any]) -> str:
    """What they say, for whoever reads no cards: a model, a list, a search."""
    return in_words(
        ShownCard(
            card["title"],
            card["text"],
            tuple(ShownButton(one["label"]) for one in card["buttons"]),
            alt=card.get("picture", {}).get("alt", ""),
        )
        for card in data.get("cards", ())
    )


def titles_of(data: Mapping[str, Any]) -> str:
    return ", ".join(card["title"] or card["text"] for card in data.get("cards", ()))
