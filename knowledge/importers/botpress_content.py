"""Botpress's content elements: texts and cards, to which answers refer by their id. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from knowledge.importers.entries import Entry
from knowledge.loaders.base import Refused
from untrusted.shapes import first_text, mapping, mappings, text, web_address

REFERENCE = re.compile(r"\s*#?!?#?!([\w-]+)\s*")
BLANK = re.compile(r"\{\{\{?\s*([\w.\[\]]+)\s*\}?\}\}")


def blanks_in(answer: str) -> list[str]:
    return list(dict.fromkeys(BLANK.findall(answer)))


@dataclass
class Contents:
    """The elements of a bot by id, and those that an answer has used."""

    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def text(self, answer: str, language: str) -> str:
        """An answer's own text, or that of the element it refers to."""
        reference = REFERENCE.fullmatch(answer)
        if reference is None:
            return answer
        self.used.add(reference[1])
        return self.form(self.forms.get(reference[1]), language)

    def form(self, form: Any, language: str) -> str:
        """The text of an element's fields in a language ("text$fr"), or of a list of elements."""
        parts = [_fields_text(one, language) for one in (mappings(form) or mappings([form]))]
        return "\n\n".join(part for part in parts if part)

    def unused(self) -> int:
        return len(self.forms.keys() - self.used)


def read_contents(found: Iterable[Entry | Refused]) -> Contents:
    contents = Contents()
    for one in found:
        if isinstance(one, Refused):
            contents.refused.append(one)
        else:
            contents.forms[text(one[1].get("id"))] = mapping(one[1].get("formData"))
    return contents


def _fields_text(form: dict[str, Any], language: str) -> str:
    """An element's text, then that of its cards; cards hold no others."""
    cards = mappings(form.get(f"items${language}") or form.get("items"))
    parts = [part for one in (form, *cards) for part in _told(one, language)]
    return "\n\n".join(part for part in dict.fromkeys(parts) if part)


def _told(form: dict[str, Any], language: str) -> list[str]:
    names = [[f"{name}${language}", name] for name in ("title", "text", "subtitle")]
    buttons = mappings(form.get(f"actions${language}") or form.get("actions"))
    return [*(first_text(form, pair) for pair in names), *map(_link, buttons)]


def _link(button: dict[str, Any]) -> str:
    address = web_address(button.get("url"))
    return f"[{text(button.get('title')) or address}]({address})" if address else ""
