"""What a new source is called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knowledge.models import Source


def free_name(wanted: str) -> str:
    """A source's name that is not taken."""
    wanted = " ".join(wanted.replace("_", " ").split())[:100] or _("Import")
    taken, name, number = set(Source.objects.values_list("name", flat=True)), wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
