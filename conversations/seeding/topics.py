"""What is asked in the seeded conversations, and when. Pure but for the file of topics."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

TOPICS = Path(__file__).with_name("topics.yaml")
LANGUAGES = {"en": 3, "fr": 2}  # how many write in which
# How busy each hour of the day is, from midnight on, and each day, from Monday on.
HOURS = (1, 1, 0, 0, 0, 1, 2, 4, 8, 12, 14, 13, 10, 10, 12, 12, 11, 10, 10, 9, 8, 6, 4, 2)
DAYS = (13, 11, 10, 10, 10, 8, 5)


@dataclass(frozen=True)
class Topic:
    """`happy`: the share of those who rate an answer that find it helpful; else they say `complaint`, and
    perhaps something of what is `said`."""

    key: str
    weight: int
    happy: float
    questions: Mapping[str, tuple[str, ...]]
    complaint: str = "other"
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def topics() -> list[Topic]:
    rows = yaml.safe_load(TOPICS.read_text("utf-8"))
    return [
        Topic(
            row["key"],
            row["weight"],
            row["happy"],
            {language: tuple(row[language]) for language in LANGUAGES},
            row.get("complaint", "other"),
            {language: tuple(lines) for language, lines in row.get("said", {}).items()},
        )
        for row in rows
    ]


def moment(now: datetime, days: int, chance: random.Random) -> datetime:
    """Some time in the last days, as busy as shops are."""
    while True:
        day = now - timedelta(days=chance.uniform(0, days))
        if chance.randrange(max(DAYS)) >= DAYS[day.weekday()]:
            continue
        [hour] = chance.choices(range(24), HOURS)
        at = day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60), tzinfo=UTC)
        if at < now - timedelta(minutes=5):
            return at


def language(chance: random.Random) -> str:
    return chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
