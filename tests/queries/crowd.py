"""The world of the access tests many times over: so many of every row, each with all that belongs to it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.db import models

from tests.access.world import LABELS

FAR = 1_000_000  # between the key of a row and that of its copy
ONE_OF_A_KIND = {"actions.OpeningCalendar", "evaluation.Picked", "assistant.Router"}


def multiply(times: int) -> None:
    """Copies of all rows; each belongs to the copy of what the first one belongs to."""
    known = {model: list(model._base_manager.all()) for model in _models()}
    for model, rows in known.items():
        copies = [_copy(row, number) for row in rows for number in range(1, times)]
        model._base_manager.bulk_create(copies)


def _models() -> list[type[models.Model]]:
    of_ours = [model for label in LABELS for model in apps.get_app_config(label).get_models()]
    return [model for model in of_ours if model._meta.label not in ONE_OF_A_KIND]


def _copy(row: models.Model, number: int) -> models.Model:
    unique = _unique(type(row))
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey) or field.primary_key:
            value = _elsewhere(field, value, number)
        elif field.name in unique:
            value = _another(value, number)
        values[field.attname] = value
    return type(row)(**values)


def _elsewhere(field: models.Field[Any, Any], key: Any, number: int) -> Any:
    """The key of the copy of the row that this one names."""
    target = field.related_model if isinstance(field, models.ForeignKey) else field.model
    return _another(key, number) if target in _models() else key


def _another(value: Any, number: int) -> Any:
    if value is None or isinstance(value, bool):
        return value and False
    if isinstance(value, int):
        return value + number * FAR
    if isinstance(value, UUID):
        return uuid5(value, str(number))
    return f"{value}-{number}" if isinstance(value, str) else value


def _unique(model: type[models.Model]) -> set[str]:
    """Fields of which no two rows have the same, unless they belong to different rows."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    names = {name for name, field in fields.items() if field.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            said = " ".join([*constraint.fields, *(str(one) for one in constraint.expressions)])
            held = {name for name in fields if re.search(rf"\b{name}\b", said)}
            if not any(isinstance(fields[name], models.ForeignKey) for name in held):
                names |= held
    return names
