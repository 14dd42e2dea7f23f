"""What a Rasa response shows besides its words: a picture, cards, buttons that lead to pages. Pure.

Rasa leaves the form of cards to each channel; the one that most of them share is read (a list of elements
with a title, a picture and buttons), wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.importers.cards import Found, cards_in
from flows.importers.rasa_files import Bot
from flows.importers.steps import Node
from untrusted.shapes import first_text, mapping, mappings, text, web_address

Way = tuple[str, dict[str, Any]]  # language, the response


def cards_of(bot: Bot, flow: str, utter: str, ways: list[Way]) -> list[Node]:
    """Those of the first way to say it in each language."""
    found: dict[str, list[Found]] = {}
    for code, one in ways:
        if code not in found and (cards := list(_cards(one))):
            found[code] = cards
    name = utter.removeprefix("utter_")
    return cards_in(bot.project, found, where=utter, flow=flow, name=name)


def is_more(way: dict[str, Any]) -> bool:
    """Whether it holds something that becomes nothing here."""
    return bool(way.get("custom") or way.get("attachment")) and not _elements(way)


def leads_to_page(button: dict[str, Any]) -> bool:
    return bool(web_address(button.get("url")))


def _cards(way: dict[str, Any]) -> Iterator[Found]:
    pages = [one for one in mappings(way.get("buttons")) if leads_to_page(one)]
    picture = text(way.get("image"))
    if picture or pages:
        yield Found(picture=picture, buttons=tuple(map(_button, pages)))
    for element in _elements(way):
        yield Found(
            title=first_text(element, ("title", "name")),
            text=first_text(element, ("subtitle", "description", "text")),
            picture=first_text(element, ("image_url", "image", "imageUrl")),
            buttons=tuple(map(_button, mappings(element.get("buttons")))),
        )


def _elements(way: dict[str, Any]) -> list[dict[str, Any]]:
    for part in (mapping(way.get("custom")), mapping(way.get("attachment"))):
        for holder in (part, mapping(part.get("payload"))):
            listed = mappings(holder.get("elements")) or mappings(holder.get("data"))
            if elements := [one for one in listed if first_text(one, ("title", "name"))]:
                return elements
    return []


def _button(button: dict[str, Any]) -> tuple[str, str]:
    title = first_text(button, ("title", "text", "label"))
    return title, first_text(button, ("url", "payload", "postback"))
