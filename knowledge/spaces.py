"""Embedding spaces: which model's vectors are searched, and which are being filled.

The live space is searched. New vectors are made by the configured model; while that is another one, they go
to a second space beside the live one, which becomes live when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction

from knowledge.models import ChunkVector, EmbeddingSpace
from llm.embedding import embedding_identity


def live_space() -> EmbeddingSpace | None:
    return EmbeddingSpace.objects.filter(live=True).first()


def space_to_fill() -> EmbeddingSpace:
    """The configured model's space, made when it is new; the first space ever is live from the start."""
    identity = embedding_identity()
    space = EmbeddingSpace.objects.filter(identity=identity).first()
    return space or _make_space(identity)


def _make_space(identity: str) -> EmbeddingSpace:
    live = not EmbeddingSpace.objects.exists()
    try:
        with transaction.atomic():
            space, _ = EmbeddingSpace.objects.get_or_create(
                identity=identity, defaults={"dimensions": settings.EMBEDDING_DIMENSIONS, "live": live}
            )
    except IntegrityError:  # another process made the first space at the same moment
        return space_to_fill()
    return space


@transaction.atomic
def make_live(space: EmbeddingSpace) -> None:
    """Search this space from now on."""
    list(EmbeddingSpace.objects.select_for_update())
    EmbeddingSpace.objects.filter(live=True).exclude(pk=space.pk).update(live=False)
    EmbeddingSpace.objects.filter(pk=space.pk).update(live=True)


def drop_others(space: EmbeddingSpace, *, beat: Callable[[], None], page: int = 2000) -> None:
    """Remove the vectors of every other space, page by page, and then the spaces."""
    others = EmbeddingSpace.objects.exclude(pk=space.pk).filter(live=False)
    vectors = ChunkVector.objects.filter(space__in=others).order_by("pk").values_list("pk", flat=True)
    while pks := list(vectors[:page]):
        ChunkVector.objects.filter(pk__in=pks).delete()
        beat()
    others.delete()
