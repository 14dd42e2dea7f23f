"""Embedding spaces: which model's vectors are searched, and which are being filled.

The live space is searched, with questions embedded by the model that made it. New vectors are made by the
configured model; while that is another one, they go to a second space beside the live one, which becomes live
when it is complete and its floor is measured.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction

from knowledge.models import ChunkVector, EmbeddingSpace, QuestionVector
from llm.embedding_model import EmbeddingModel, configured_model, embedding_model, former_model


def live_space() -> EmbeddingSpace | None:
    return EmbeddingSpace.objects.filter(live=True).first()


def asking_model() -> EmbeddingModel:
    """The model that questions are embedded with: the one whose vectors are searched, while it can be asked.

    Raises ModelError when it cannot.
    """
    live = live_space()
    return model_of(live) if live else embedding_model()


def model_of(space: EmbeddingSpace) -> EmbeddingModel:
    """The model whose vectors are in a space. Raises ModelError when this installation cannot ask it."""
    if space.identity == configured_model().identity:
        return embedding_model()
    return former_model(space.description)


def space_to_fill() -> EmbeddingSpace:
    """The configured model's space, made when it is new; the first space ever is live from the start."""
    model = configured_model()
    space = EmbeddingSpace.objects.filter(identity=model.identity).first() or _make_space(model)
    if space.description != model.description:
        space.description = model.description
        space.save(update_fields=["description"])
    return space


def _make_space(model: EmbeddingModel) -> EmbeddingSpace:
    live = not EmbeddingSpace.objects.exists()
    try:
        with transaction.atomic():
            space, _ = EmbeddingSpace.objects.get_or_create(
                identity=model.identity, defaults={"dimensions": model.dimensions, "live": live}
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
    for rows in (ChunkVector.objects.all(), QuestionVector.objects.all()):
        vectors = rows.filter(space__in=others).order_by("pk").values_list("pk", flat=True)
        while pks := list(vectors[:page]):
            rows.filter(pk__in=pks).delete()
            beat()
    others.delete()
