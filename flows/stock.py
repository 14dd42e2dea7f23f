"""Short words that flows say by themselves, in each language: buttons, and why an answer was none. Pure.

A company's own take their place one by one; whoever walks flows gets both through its `Library`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from flows.texts import in_language

PHRASES = Path(__file__).with_name("stock") / "phrases.yaml"
Own = Mapping[str, Mapping[str, str]]  # a company's own words: by name, by language


@cache
def delivered() -> dict[str, dict[str, str]]:
    """By name, by language."""
    kept: dict[str, dict[str, str]] = yaml.safe_load(PHRASES.read_text("utf-8"))
    return kept


def phrase(name: str, language: str, own: Own | None = None) -> str:
    """The phrase of that name, or the one for any answer that is none."""
    kept = delivered()
    name = name if name in kept else "not_a_value"
    return str(in_language({**kept[name], **(own or {}).get(name, {})}, language))
