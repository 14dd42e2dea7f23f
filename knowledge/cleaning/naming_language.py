"""The language of a document that does not say which one it is in. Pure."""

from __future__ import annotations

from dataclasses import replace

from knowledge.chunking import plain_text
from knowledge.cleaning.base import Draft, Rules
from knowledge.language import detect_language

ENOUGH = 4000  # characters


def name_language(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    if draft.language or not rules.languages:
        return draft, 0
    text = f"{draft.title}\n{plain_text(draft.body[:ENOUGH])}"
    language = detect_language(text, rules.languages, rules.languages[0])
    return replace(draft, language=language), 1
