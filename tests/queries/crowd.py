"""The world of the access tests with more in it, and so many times over: so many of every row, and so many of
each beside each other below the same parents."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from tests.access.world import LABELS

FAR = 1_000_000  # between the key of a row and that of its copy
BESIDE = 500  # from this number on, copies are siblings
ONE_OF_A_KIND = {
    *("actions.OpeningCalendar", "evaluation.Picked", "evaluation.ReleasePolicy", "assistant.Router"),
    *("assistant.Serving", "training.Policy", "training.SearchPolicy"),
}
Rows = dict[type[models.Model], list[models.Model]]


def multiply(times: int) -> None:
    known: Rows = {model: list(model._base_manager.all()) for model in _models()}
    for number in range(1, times):
        for model, rows in known.items():
            model._base_manager.bulk_create([_copy(row, number) for row in rows])
        for model, rows in known.items():
            if _may_have_siblings(model):
                siblings = [_sibling(row, number) for row in rows]
                model._base_manager.bulk_create(siblings, ignore_conflicts=True)


@cache
def _models() -> tuple[type[models.Model], ...]:
    of_ours = [apps.get_app_config(label).get_models(include_auto_created=True) for label in LABELS]
    return tuple(model for found in of_ours for model in found if model._meta.label not in ONE_OF_A_KIND)


def _may_have_siblings(model: type[models.Model]) -> bool:
    """Not where its key is that of another row, nor where PostgreSQL would not leave out what cannot be."""
    strict = any(
        isinstance(one, ExclusionConstraint) or getattr(one, "deferrable", None)
        for one in model._meta.constraints
    )
    return not strict and not isinstance(model._meta.pk, models.ForeignKey)


def _copy(row: models.Model, number: int) -> models.Model:
    """It belongs to the copy of what the row belongs to."""
    alone = [names for names in _unique(type(row)) if not any(_is_key(type(row), name) for name in names)]
    unique = {name for names in alone for name in names}
    values = _values(row)
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) or field.primary_key:
            values[field.attname] = _elsewhere(field, values.get(field.attname), number)
        elif field.name in unique:
            values[field.attname] = _another(values[field.attname], number)
    return type(row)(**values)


def _sibling(row: models.Model, number: int) -> models.Model:
    """It belongs to the same as the row, as far as there may be several."""
    values, pk = _values(row), row._meta.pk
    values[pk.attname] = _another(row.pk, BESIDE + number)
    for names in _unique(type(row)):
        fields = [row._meta.get_field(name) for name in names]
        free = [field for field in fields if not (isinstance(field, models.ForeignKey) or field.choices)]
        for field in free or fields[-1:]:
            key = isinstance(field, models.ForeignKey)
            value = values[field.attname]
            values[field.attname] = _elsewhere(field, value, number) if key else _next(value, number)
    return type(row)(**values)


def _values(row: models.Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if not isinstance(field, models.GeneratedField)]
    return {field.attname: getattr(row, field.attname) for field in fields}


def _elsewhere(field: Any, key: Any, number: int) -> Any:
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


def _next(value: Any, number: int) -> Any:
    return value + number if type(value) is int else _another(value, BESIDE + number)


def _is_key(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.ForeignKey)


@cache
def _unique(model: type[models.Model]) -> list[list[str]]:
    """Fields of which no two rows have the same together. Beside keys of others, these are enough."""
    fields = [field.name for field in model._meta.concrete_fields]
    found = [[field.name] for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    found += [list(names) for names in model._meta.unique_together]
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint):
            said = " ".join([*one.fields, *map(str, one.expressions)])
            found.append([name for name in fields if re.search(rf"\b{name}\b", said)])
    return found
