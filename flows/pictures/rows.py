"""The rows of pictures that stand on cards."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from flows.graph import Graph, Say


class CardPicture(models.Model):
    """Drawn anew by us. The bytes are in the database, so that every machine can show it. A flow names it by
    its id, which nobody guesses; `unnamed_since`: no flow does since then (see forgetting.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data = models.BinaryField()
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    unnamed_since = models.DateTimeField(null=True, default=timezone.now)

    class Meta:
        app_label = "flows"

    def __str__(self) -> str:
        return f"{self.id} ({self.width} × {self.height})"


def sizes_of(names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(width, height) of those that are still there, by their names in a flow."""
    ids = [known for name in names if (known := _id(name))]
    found = CardPicture.objects.filter(pk__in=ids).values_list("pk", "width", "height") if ids else ()
    return {str(pk): (width, height) for pk, width, height in found}


def there_of(*graphs: Graph) -> Collection[str]:
    """Which of the pictures that flows name are there."""
    said = [node for graph in graphs for node in graph.nodes if isinstance(node, Say)]
    return sizes_of(card.picture for node in said for card in node.cards).keys()


def _id(name: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(name) if name else None
    except (ValueError, AttributeError, TypeError):
        return None


def address_of(name: str) -> str:
    return reverse("pictures:show", args=[name])
