"""A Rasa response as the text of an article. Pure."""

from __future__ import annotations

import re
from typing import Any

from knowledge.importers.pairs import fullest
from untrusted.shapes import first_text, mappings, text, web_address

BLANK = re.compile(r"\{([A-Za-z_]\w*)\}")


def blanks_in(answer: str) -> list[str]:
    """The slots whose values an answer needs."""
    return list(dict.fromkeys(BLANK.findall(answer)))


def answer_text(wordings: list[dict[str, Any]]) -> str:
    """The fullest wording, of those for every channel and without a condition when there are such."""
    usual = [wording for wording in wordings if not wording.get("channel") and not wording.get("condition")]
    return fullest(map(_text, usual)) or fullest(map(_text, wordings))


def _text(wording: dict[str, Any]) -> str:
    said = text(wording.get("text"))
    image = web_address(wording.get("image"))
    buttons = [_button(button) for button in mappings(wording.get("buttons"))]
    listed = "\n".join(f"- {button}" for button in buttons if button)
    return "\n\n".join(part for part in (said, f"![]({image})" if image else "", listed) if part)


def _button(button: dict[str, Any]) -> str:
    """A button that leads to a page or says something; one that only sends an intent back is none here."""
    title = text(button.get("title"))
    address = web_address(first_text(button, ("url", "payload")))
    if address:
        return f"[{title or address}]({address})"
    payload = text(button.get("payload"))
    return title if payload and not payload.startswith("/") else ""
