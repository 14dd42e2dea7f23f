"""The tables of this folder, and the slots that they ask for. Now is a Saturday morning in November."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from flows.slot import Slot
from flows.slots.base import Reading
from flows.slots.reading import find_in, read

NOW = datetime(2026, 11, 28, 10, 20)
TABLES = Path(__file__).with_name("tables")
REFUSED = "!"  # begins why there is no value


def rows_of(*names: str) -> list[tuple[Slot, str, str, str, Any]]:
    """(slot, country, language, text, what is meant by it) for each row of these tables."""
    return [row for name in names for part in yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8"))
            for row in _rows(part)]  # fmt: skip


def _rows(part: dict[str, Any]) -> list[tuple[Slot, str, str, str, Any]]:
    slot = Slot.model_validate(part["slot"])
    rows = [
        (language, str(text), meant)
        for language in ("en", "fr")
        for text, meant in part.get(language, {}).items()
    ]
    return [(slot, part.get("country", "FR"), *row) for row in rows]


def answer(slot: Slot, text: str, language: str, country: str = "FR", now: datetime = NOW) -> Reading:
    return read(slot, text, language=language, now=now, country=country)


def mentioned(slot: Slot, text: str, language: str, country: str = "FR") -> Any:
    return find_in(slot, text, language=language, now=NOW, country=country)


def as_told(reading: Reading) -> Any:
    """As the tables say it: the value, or why there is none; money and periods in one line."""
    value = reading.value
    if value is None:
        return REFUSED + reading.why
    if isinstance(value, dict) and "amount" in value:
        return f"{value['amount']} {value['currency']}"
    if isinstance(value, dict) and "from" in value:
        return f"{value['from']} {value['to']}"
    return value
