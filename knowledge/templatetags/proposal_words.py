"""Words of a proposed change: where it and the article differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from knowledge.merging import Conflict
from knowledge.models import Document
from knowledge.revisions import FIELDS

register = template.Library()


@register.filter
def place(conflict: Conflict, among: Sequence[Conflict]) -> str:
    """Which field it is, or which place of the text."""
    of_text = [other.name for other in among if other.name.startswith("text-")]
    if conflict.name in of_text:
        return _("Place %(number)s") % {"number": of_text.index(conflict.name) + 1}
    return str(FIELDS.get(conflict.name, _("Title")))


@register.filter
def as_lines(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(value)
    labels: dict[str, Any] = dict(Document.Audience.choices)
    return str(labels.get(value, value))
