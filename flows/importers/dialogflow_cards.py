"""The cards among Dialogflow's messages: those of its own window, and those of platforms. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.importers.cards import Found, cards_in
from flows.importers.dialogflow import told, with_blanks
from flows.importers.project import Project
from flows.importers.steps import Node, Text
from untrusted.shapes import first_text, mapping, mappings, text

CARD = {"1", "card", "basic_card"}
SEVERAL = {"carousel_card", "list_card", "browse_carousel_card"}
PICTURE = {"3", "image"}


def drawn(
    project: Project, messages: list[dict[str, Any]], *, where: str, flow: str
) -> tuple[Text, list[Node]]:
    """What the messages say, and the cards that they show."""
    found: dict[str, list[Found]] = {}
    words = []
    for message in messages:
        cards = [_with_blanks(project, card) for card in _cards(message)]
        if cards:
            found.setdefault(text(message.get("lang")) or text(message.get("languageCode")), []).extend(cards)
        else:
            words.append(message)
    return told(project, words), cards_in(project, found, where=where, flow=flow)


def _cards(message: dict[str, Any]) -> Iterator[Found]:
    kind = text(message.get("type"))
    if kind in CARD:
        yield _card(message)
    elif kind in SEVERAL:
        yield from map(_card, mappings(message.get("items")))
    elif kind in PICTURE and text(message.get("imageUrl")):
        yield _card(message)


def _card(card: dict[str, Any]) -> Found:
    image = mapping(card.get("image"))
    page = _page(card)
    buttons = [_button(one) for one in mappings(card.get("buttons"))]
    return Found(
        title=text(card.get("title")),
        text=first_text(card, ("subtitle", "formattedText", "description", "body")),
        picture=text(card.get("imageUrl")) or first_text(image, ("imageUri", "url")),
        buttons=(*buttons, *([(text(card.get("title")), page)] if page else [])),
    )


def _button(button: dict[str, Any]) -> tuple[str, str]:
    title = first_text(button, ("text", "title"))
    return title, text(button.get("postback")) or _page(button)


def _page(part: dict[str, Any]) -> str:
    return first_text(mapping(part.get("openUrlAction")), ("url", "uri"))


def _with_blanks(project: Project, card: Found) -> Found:
    title, words = with_blanks(project, card.title), with_blanks(project, card.text)
    return Found(title, words, card.picture, card.buttons)
