"""Whether what a form asks for can be asked in one. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows import graph as form
from flows.checks.base import Draft, Problem
from flows.form_steps import LEAST_FIELDS, MOST_FIELDS


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.graph.nodes:
        if isinstance(node, form.Form):
            yield from _size(node)
            yield from _fields(draft, node)


def _size(node: form.Form) -> Iterator[Problem]:
    if not node.slots:
        yield Problem("stops", node.id, "slots", "empty_form")
    elif len(node.slots) < LEAST_FIELDS:
        yield Problem("warns", node.id, "slots", "form_of_one")
    elif len(node.slots) > MOST_FIELDS:
        yield Problem("stops", node.id, "slots", "long_form", {"count": len(node.slots), "most": MOST_FIELDS})


def _fields(draft: Draft, node: form.Form) -> Iterator[Problem]:
    for number, name in enumerate(node.slots):
        slot = draft.graph.slots.get(name)
        if name in node.slots[:number]:
            yield Problem("warns", node.id, f"slots.{number}", "field_twice", {"name": name})
        elif slot is not None and slot.kind == "file":
            yield Problem("stops", node.id, f"slots.{number}", "file_in_form", {"name": name})
    for number, name in enumerate(node.optional):
        if name not in node.slots:
            yield Problem("warns", node.id, f"optional.{number}", "optional_elsewhere", {"name": name})
