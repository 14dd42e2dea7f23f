"""What the pages of an import say of its rows and of cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from knowledge import refusals
from knowledge.cleaning.steps import STEPS
from knowledge.models import ImportItem

register = template.Library()
KINDS: dict[str, Promise] = {
    "email": _("e-mail address"),
    "phone": _("telephone number"),
    "iban": _("bank account"),
    "card": _("card number"),
    "name": _("name"),
}


@dataclass(frozen=True)
class ChoosableStep:
    name: str
    label: Promise
    help: Promise
    chosen: bool


@register.filter
def cleaning_steps(form: Any) -> list[ChoosableStep]:
    """The steps as the form has them ticked."""
    chosen = set(form["steps"].value() or [])
    return [ChoosableStep(step.name, step.label, step.help, step.name in chosen) for step in STEPS]


@register.filter
def reason(row: ImportItem) -> str:
    return str(capfirst(refusals.in_words(row.code, row.details)))


@register.filter
def place(row: ImportItem) -> str:
    return refusals.place_in_words(row.place)


@register.filter
def percent(share: float | None) -> str:
    return f"{round(100 * (share or 0))} %"


@register.filter
def finding_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))
