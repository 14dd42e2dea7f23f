"""How the value of a slot is said to a customer: dates in words, amounts with a sign, a choice by its name.

Pure. The forms of the values stand in `flows.slot.Slot`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal

from flows.slot import Slot

YES_NO = {"en": ("yes", "no"), "fr": ("oui", "non")}


def shown(value: Any, slot: Slot | None, language: str) -> str:
    """As words of the language; "" for nothing. What does not have the form of its slot is shown as it is."""
    if value is None or value == "":
        return ""
    kind = slot.kind if slot else ""
    try:
        if slot is not None and (label := _label(value, slot, language)):
            return label
        return SHOW[kind](value, language) if kind in SHOW else _plainly(value, language)
    except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation):
        return _plainly(value, language)


def _label(value: Any, slot: Slot, language: str) -> str:
    """What a choice is called, "" where the value is none of its choices."""
    from flows.texts import in_language

    choice = next((one for one in slot.choices if one.value == value), None)
    return str(in_language(choice.label, language)) if choice else ""


def _plainly(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return YES_NO.get(language.partition("-")[0], YES_NO["en"])[0 if value else 1]
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_plainly(one, language) for one in value)))
    if isinstance(value, Mapping):
        return _plainly(
            next((value[key] for key in ("name", "title", "label", "amount") if key in value), ""), language
        )
    return format_decimal(value, locale=locale(language)) if isinstance(value, float | int) else str(value)


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """English in Britain's way, so that 15:00 stays 15:00; another language in its own."""
    wanted = {"en": "en_GB"}.get(language, language.replace("-", "_"))
    try:
        return Locale.parse(wanted)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _date(value: Any, language: str) -> str:
    return str(format_date(date.fromisoformat(value), "full", locale=locale(language)))


def _time(value: Any, language: str) -> str:
    return str(format_time(time.fromisoformat(value), "short", locale=locale(language)))


def _moment(value: Any, language: str) -> str:
    moment = datetime.fromisoformat(value)
    pattern = {"fr": "EEEE d MMMM y 'à' HH:mm", "en": "EEEE d MMMM y 'at' HH:mm"}.get(
        language.partition("-")[0]
    )
    return str(format_datetime(moment, pattern or "full", locale=locale(language)))


def _period(value: Any, language: str) -> str:
    begins, ends = _moment(value["from"], language), value["to"]
    same_day = value["from"][:10] == ends[:10]
    return f"{begins} – {_time(ends[11:], language) if same_day else _moment(ends, language)}"


def _money(value: Any, language: str) -> str:
    return str(format_currency(Decimal(str(value["amount"])), value["currency"], locale=locale(language)))


SHOW = {
    "date": _date,
    "time": _time,
    "moment": _moment,
    "period": _period,
    "money": _money,
    "file": lambda value, _language: str(value["name"]),
}
