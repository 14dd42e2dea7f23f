"""How the value of a slot is said to a customer: dates in words, amounts with a sign, a choice by its name.

Pure. The forms of the values stand in `flows.slot.Slot`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_currency, format_decimal

from chatbot.dates import clock_in_words, day_in_words, locale, moment_in_words, span_in_words
from flows.offers import without_spare
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
        return ", ".join(filter(None, (_plainly(one, language) for one in without_spare(value))))
    if isinstance(value, Mapping):
        return _plainly(
            next((value[key] for key in ("name", "title", "label", "amount") if key in value), ""), language
        )
    return format_decimal(value, locale=locale(language)) if isinstance(value, float | int) else str(value)


def _period(value: Any, language: str) -> str:
    begin, end = (datetime.fromisoformat(value[name]) for name in ("from", "to"))
    return span_in_words(begin, end, language)


def _money(value: Any, language: str) -> str:
    return str(format_currency(Decimal(str(value["amount"])), value["currency"], locale=locale(language)))


SHOW = {
    "date": lambda value, language: day_in_words(date.fromisoformat(value), language),
    "time": lambda value, language: clock_in_words(time.fromisoformat(value), language),
    "moment": lambda value, language: moment_in_words(datetime.fromisoformat(value), language),
    "period": _period,
    "money": _money,
    "file": lambda value, _language: str(value["name"]),
}
