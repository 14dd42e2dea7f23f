"""Days and times in the languages that have no words of ours, by dateparser.

Not for English and French, where it finds nothing that our patterns miss, takes "le 12" for a past day and
"mardi en huit" for the 8th, and costs 0.4 s once.
"""

from __future__ import annotations

from datetime import datetime, time

from flows.slots.base import Reading, Said, refused
from flows.slots.dates.when import existing, written

LONGEST = 60  # characters: an answer, not a story
FORMS = {"date": "%Y-%m-%d", "time": "%H:%M"}


def read_behind(said: Said) -> Reading:
    """A guess, since it reads much into words."""
    language = said.language.partition("-")[0].lower()
    kind = said.slot.kind
    if language in said.languages or kind not in ("date", "time", "moment") or len(said.text) > LONGEST:
        return refused()
    now = said.now.replace(tzinfo=None, second=0, microsecond=0)
    found = _parsed(said.text, language, now)
    if found is None:
        return refused()
    # Without a time in the words it gives the present one, or midnight.
    if kind != "date" and found.time() in (now.time(), time()):
        return refused("time_missing" if kind == "moment" else "not_a_value")
    if said.slot.future and kind != "time" and found.date() < now.date():
        return refused("past")
    at, _ = existing(found, said.now)
    return Reading(f"{at:{FORMS[kind]}}" if kind in FORMS else written(at), sure=False)


def _parsed(text: str, language: str, now: datetime) -> datetime | None:
    from dateparser.date import DateDataParser

    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    try:
        found: datetime | None = (
            DateDataParser(languages=[language], settings=settings).get_date_data(text).date_obj
        )
    except (
        ValueError,
        OverflowError,
        RecursionError,
    ):  # it does not know the language, or no calendar the day
        return None
    return found.replace(tzinfo=None, second=0, microsecond=0) if found else None
