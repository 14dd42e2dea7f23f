"""Short words that flows say by themselves, in each language: buttons, and why an answer was none."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from flows.texts import in_language

PHRASES = Path(__file__).with_name("stock") / "phrases.yaml"


@cache
def _phrases() -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = yaml.safe_load(PHRASES.read_text("utf-8"))
    return kept


def phrase(name: str, language: str) -> str:
    """The phrase of that name, or the one for any answer that is none."""
    kept = _phrases()
    return str(in_language(kept.get(name) or kept["not_a_value"], language))
