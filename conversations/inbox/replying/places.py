"""Places in a reply, such as {customer}, that are filled in when it is used. Pure.

What is not known stays as it is written, so that whoever sends it sees it; what is filled in is not read
again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]{0,39})\}")
LONGEST_VALUE = 200
PLACES: dict[str, Promise] = {
    "customer": _("the customer’s name"),
    "first_name": _("the first word of the customer’s name"),
    "email": _("the customer’s e-mail address"),
    "agent": _("your first name"),
    "company": _("your company, as the assistant names it"),
    "assistant": _("the assistant’s name"),
    "reference": _("the reference of the newest booking made here"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    text: str
    left: tuple[str, ...]  # places that are still there, each once


def filled(text: str, values: Mapping[str, str]) -> Filled:
    left: dict[str, None] = {}

    def fill(place: re.Match[str]) -> str:
        value = one_line(values.get(place[1].lower(), ""))
        if not value:
            left[place[0]] = None
        return value or place[0]

    return Filled(PLACE.sub(fill, text), tuple(left))


def unknown(text: str) -> list[str]:
    """Places that nothing is ever filled into, each once."""
    found = (place[0] for place in PLACE.finditer(text) if place[1].lower() not in PLACES)
    return list(dict.fromkeys(found))


def one_line(value: str) -> str:
    """What a customer calls themselves begins no line and no list in a reply."""
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())[:LONGEST_VALUE]
