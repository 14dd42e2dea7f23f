"""An e-mail address, its domain in small letters."""

from __future__ import annotations

import re
from typing import Any

import regex

from flows.slots.base import Reading, Said, refused
from flows.slots.tables import shared_table

LONGEST = 254  # as mail servers have it
LONGEST_NAME = 64
_NAME = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = regex.compile(rf"(?<![\w@.+-])({_NAME})@((?:{_LABEL}\.)+[^\W\d_]{{2,24}})(?![\w@-])")
# "jean at example dot com", "jean arobase exemple point fr"
_AT = re.compile(r"\s*[(\[]?\s*(?:@|\b(?:at|arobase|arobas|chez)\b)\s*[)\]]?\s*", re.IGNORECASE)
_DOT = re.compile(
    r"\s*[(\[]?\s*\b(?:dot|point)\b\s*[)\]]?\s*|\s+\.\s*|\.\s+(?=(?:com|fr|net|org|be|ch|ca|de|eu|uk)\b)",
    re.IGNORECASE,
)


def read(said: Said) -> Reading:
    found = _addresses(said.text)
    if found:
        return _one(found)
    spoken = _addresses(_DOT.sub(".", _AT.sub("@", said.text)))
    if spoken:
        return _one(spoken, sure="@" in said.text)
    return refused("invalid" if "@" in said.text else "not_a_value")


def find(said: Said) -> Any:
    found = _addresses(said.text)
    return _one(found).value if found else None


def _addresses(text: str) -> list[str]:
    return list(dict.fromkeys(_kept(name, domain) for name, domain in _ADDRESS.findall(text)))


def _kept(name: str, domain: str) -> str:
    return f"{name}@{domain.lower()}"


def _one(found: list[str], *, sure: bool = True) -> Reading:
    if len(found) > 1:
        return refused("ambiguous")
    name, _, domain = found[0].partition("@")
    if len(found[0]) > LONGEST or len(name) > LONGEST_NAME:
        return refused("too_long")
    return Reading(found[0], sure=sure and domain not in shared_table("mistyped_domains"))
