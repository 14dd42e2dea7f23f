"""A form that a scenario fills in: as a customer's message, and whether it was asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from assistant.events import Said
from evaluation.turned import Check
from flows.form_lines import as_lines


@dataclass(frozen=True, slots=True)
class Filled:
    said: Said
    checks: tuple[Check, ...]


def filled_in(values: Mapping[str, str], asks: Mapping[str, Any] | None, language: str) -> Filled:
    """One that nobody asked for is said in words, as a customer may do; the scenario has failed there."""
    fields = list(asks["fields"]) if asks and asks.get("kind") == "form" else []
    kept = {name: text.strip() for name, text in values.items() if text.strip()}
    with override(language):
        words = as_lines([*fields, *_unknown(kept, fields)], kept, language) or _("Nothing to add.")
    form = kept if fields and set(kept) <= _names(fields) else None
    return Filled(Said("customer", words, form=form), tuple(_checks(values, fields)))


def _names(fields: list[Mapping[str, Any]]) -> set[str]:
    return {field["name"] for field in fields}


def _unknown(values: Mapping[str, str], fields: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for name in values:
        if name not in _names(fields):
            yield {"name": name, "label": name, "kind": "text", "choices": []}


def _checks(values: Mapping[str, str], fields: list[Mapping[str, Any]]) -> Iterator[Check]:
    """A page would take neither a form that is not there nor a field that it does not have."""
    asked = [field["name"] for field in fields]
    yield Check("form", ", ".join(values) or "–", bool(asked) and set(values) <= set(asked), ", ".join(asked))
