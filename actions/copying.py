"""A tool again, to be changed: with its rows, without its secret, switched off."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actions.models import Parameter, Taken, Tool
from actions.models.tools import parameters_of, taken_of

LONGEST_KEY = 64


@transaction.atomic
def duplicate(tool: Tool) -> Tool:
    parameters, taken = parameters_of(tool), taken_of(tool)
    copy = Tool.objects.get(pk=tool.pk)
    copy.pk = None
    copy._state.adding = True
    copy.key, copy.name = _free_key(tool.key), (_("%(name)s (copy)") % {"name": tool.name})[:80]
    copy.enabled, copy.secret, copy.rests_until = False, "", None
    copy.save()
    _copy_rows(copy, parameters, taken)
    return copy


def _copy_rows(copy: Tool, parameters: list[Parameter], taken: list[Taken]) -> None:
    rows: list[Any] = [*parameters, *taken]
    for row in rows:
        row.pk, row.tool = None, copy
        row._state.adding = True
    Parameter.objects.bulk_create(parameters)
    Taken.objects.bulk_create(taken)


def _free_key(key: str) -> str:
    stem = key[: LONGEST_KEY - 6]
    taken = set(Tool.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(name for n in range(2, 10_000) if (name := f"{stem}_{n}") not in taken)
