"""Dialogflow's messages as text: plain ones, cards, and the "rich content" of its chat window. Pure."""

from __future__ import annotations

import re
from typing import Any

from knowledge.importers.pairs import fullest
from untrusted.shapes import (
    first_text,
    mapping,
    mappings,
    sequence,
    text,
    texts,
    web_address,
    within,
)

# "$date", "$session.params.name", "#followup.time": values of the conversation. "$5" is money.
BLANK = re.compile(r"(?<![\w$])([$#][A-Za-z_][\w-]*(?:\.[\w-]+)+|\$[A-Za-z_][\w-]*)")


def blanks_in(answer: str) -> list[str]:
    return list(dict.fromkeys(BLANK.findall(answer)))


def paragraphs(parts: list[str]) -> str:
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def link(title: str, address: Any) -> str:
    web = web_address(address)
    return f"[{title or web}]({web})" if web else title


def payload_text(payload: Any) -> str:
    """The texts of a custom payload that Dialogflow Messenger would show."""
    groups = sequence(mapping(payload).get("richContent"))
    cards = [card for group in groups for card in (mappings(group) or mappings([group]))]
    return paragraphs([_rich_card(card) for card in cards])


def _rich_card(card: dict[str, Any]) -> str:
    kind, title = text(card.get("type")), text(card.get("title"))
    if kind == "chips":
        return "\n".join(f"- {chip}" for chip in map(_chip, mappings(card.get("options"))) if chip)
    if kind in {"button", "list"}:
        return link(title or text(card.get("text")), _address(card))
    if kind in {"info", "accordion", "description", "html"} or not kind:
        told = texts(card.get("text"))
        return "\n".join(
            part for part in (link(title, _address(card)), text(card.get("subtitle")), *told) if part
        )
    return ""  # images, dividers, files


def _chip(chip: dict[str, Any]) -> str:
    """Only a suggestion that leads to a page tells something; the others are there to be clicked."""
    return link(text(chip.get("text")), _address(chip)) if web_address(_address(chip)) else ""


def _address(card: dict[str, Any]) -> Any:
    return within(card, "anchor", "href") or card.get("link") or card.get("actionLink") or card.get("url")


def message_text(message: dict[str, Any]) -> str:
    """One message of a CX fulfilment."""
    said = fullest(texts(within(message, "text", "text")))
    return said or payload_text(message.get("payload"))


def old_message_text(message: dict[str, Any]) -> str:
    """One message of an ES intent: text, a card, or a custom payload."""
    kind = text(message.get("type"))
    if kind in {"1", "card", "basic_card"}:
        return _old_card(message)
    if kind in {"4", "custom_payload"}:
        return payload_text(message.get("payload"))
    if kind in {"0", "text", "simple_response", ""}:
        items = mappings(message.get("items")) or [message]
        said = [first_text(item, ("displayText", "textToSpeech")) for item in items]
        return fullest(texts(message.get("speech"))) or fullest(said)
    return ""  # suggestions and images


def _old_card(message: dict[str, Any]) -> str:
    buttons = [
        link(
            first_text(button, ("text", "title")),
            button.get("postback") or within(button, "openUrlAction", "url"),
        )
        for button in mappings(message.get("buttons"))
    ]
    told = first_text(message, ("subtitle", "formattedText"))
    return paragraphs([text(message.get("title")), told, *(one for one in buttons if one.startswith("["))])
