"""What was written in answer to the questions before the chat: what of it can be kept, and why not. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant.introduction.asked import Asked, Kind
from chatbot.mailing import is_address
from conversations.masking import without_cards
from conversations.refusals import written

NEEDED, TOO_LONG, NO_ADDRESS, NO_OPTION = "needed", "too_long", "no_address", "no_option"
LONGEST = {Kind.NAME: 120, Kind.EMAIL: 254, Kind.TEXT: 500, Kind.CHOICE: 500}  # characters


def read(given: Mapping[str, str]) -> dict[str, str]:
    """In one line each, without numbers of cards; what is empty is left out."""
    lines = {key: " ".join(written(text).split()) for key, text in given.items()}
    return {key: text for key, line in lines.items() if (text := without_cards(line))}


def check(asked: Collection[Asked], said: Mapping[str, str]) -> dict[str, str]:
    """`said` as `read` has it. Why something is not kept, by key; nothing where all of it can be."""
    found = {one.key: _wrong(one, said.get(one.key, "")) for one in asked}
    return {key: why for key, why in found.items() if why}


def _wrong(asked: Asked, text: str) -> str:
    if not text:
        return NEEDED if asked.required else ""
    if len(text) > LONGEST[asked.kind]:
        return TOO_LONG
    if asked.kind is Kind.EMAIL and not is_address(text):
        return NO_ADDRESS
    if asked.kind is Kind.CHOICE and text not in asked.values():
        return NO_OPTION
    return ""
