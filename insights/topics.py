"""Which topic each conversation begins with: the nearest by meaning; new ones from what belongs to none.

A topic that is there stays, with what was sorted into it: figures of last week do not change because of this
week's questions. Staff rename topics and put two together. Beat rings; a little is done at a time, since each
question that is new costs some 40 ms of processor for its vector.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Avg, Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pgvector.django import CosineDistance

from insights.first_questions import Question, first_questions
from insights.grouping import Vectors, groups, middle, name, nearest, own, point
from insights.models import Tally, Topic
from knowledge.calibration import LANGUAGES, stock_questions
from knowledge.spaces import asking_model
from llm.embedding import embed_query
from llm.embedding_model import EmbeddingModel
from llm.errors import ModelError

logger = logging.getLogger(__name__)

AT_ONCE = 100  # conversations
LOOKS_BACK = timedelta(days=90)
ENOUGH = 20  # of no topic, before new ones are looked for
MOST = 5_000  # that are compared with each other
ILLUSTRATED = 20  # at a time
ANY = ""  # language of which there are no stock questions
LOCK = 0x746F706963  # "topic"


def sort_for(seconds: float) -> int:
    """Until all are sorted, or the time is over: what was asked before is known, and takes next to none."""
    end, done = time.monotonic() + seconds, 0
    while True:
        number = sort()
        done += number
        if number < AT_ONCE or time.monotonic() > end:
            return done


def sort() -> int:
    """A few conversations at a time, the newest first; returns how many. Without a model they wait."""
    try:
        model = asking_model()
        _meant_anew(model)
        fresh = list(_unread()[:AT_ONCE])
        shared = _shared(model) if fresh else {}
        said = first_questions(tally.pk for tally in fresh)
        vectors = {pk: embed_query(question.text, model) for pk, question in said.items()}
    except ModelError as error:
        logger.info("Topics wait for the model: %s", error)
        return 0
    with transaction.atomic():
        _one_at_a_time()
        _keep(fresh, said, vectors, shared, model)
        if len(fresh) < AT_ONCE:
            _find_new(model)
            _illustrate(model)
    return len(fresh)


def _unread() -> QuerySet[Tally]:
    rows = Tally.objects.filter(made_by="", began_at__gte=timezone.now() - LOOKS_BACK)
    return rows.order_by("-began_at")


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _keep(
    fresh: Sequence[Tally],
    said: Mapping[UUID, Question],
    vectors: Mapping[UUID, Sequence[float]],
    shared: Mapping[str, Vectors],
    model: EmbeddingModel,
) -> None:
    """Where it stands, and the topic that it belongs to. Who has a topic already keeps it."""
    for tally in fresh:
        tally.made_by = model.identity
        if question := said.get(tally.pk):
            tally.vector = point(
                question, vectors[tally.pk], shared.get(question.language, shared[ANY])
            ).tolist()
    asked = [tally for tally in fresh if tally.pk in said]
    for tally, key in zip(asked, nearest(_rows(asked), _middles(model)), strict=True):
        tally.topic_id = tally.topic_id or key
    Tally.objects.bulk_update(fresh, ["vector", "made_by", "topic"])


def _rows(tallies: Sequence[Tally]) -> Vectors:
    return own([_list(tally.vector) for tally in tallies], None) if tallies else own([[0.0]], None)[:0]


def _list(vector: object) -> list[float]:
    """What a column gives, or what has just been put there."""
    return vector.to_list() if hasattr(vector, "to_list") else list(vector)  # type: ignore[call-overload]


def _middles(model: EmbeddingModel) -> dict[int, list[float]]:
    rows = Topic.objects.filter(made_by=model.identity).values_list("pk", "middle")
    return {pk: _list(vector) for pk, vector in rows}


def _find_new(model: EmbeddingModel) -> None:
    """Topics from what belongs to none. Only where something has come that fits nowhere."""
    rows = Tally.objects.filter(
        topic=None, made_by=model.identity, vector__isnull=False, began_at__gte=timezone.now() - LOOKS_BACK
    )
    loose = list(rows.order_by("-began_at")[:MOST])
    if len(loose) < ENOUGH:
        return
    vectors = _rows(loose)
    found = groups(vectors)
    if not found:
        return
    said = first_questions(tally.pk for tally in loose)
    for members in found:
        keys = {loose[at].pk for at in members}
        mine = [question for key, question in said.items() if key in keys]
        others = [question for key, question in said.items() if key not in keys]
        called = name(mine, others)[:120] or str(_("Something else"))
        topic = Topic.objects.create(name=called, middle=middle(vectors[members]), made_by=model.identity)
        Tally.objects.filter(pk__in=keys).update(topic=topic)


def _illustrate(model: EmbeddingModel) -> None:
    """Topics without an example, or whose example was deleted."""
    bare = Topic.objects.filter(example=None, made_by=model.identity, tallies__made_by=model.identity)
    for topic in bare.distinct()[:ILLUSTRATED]:
        mine = Tally.objects.filter(topic=topic, made_by=model.identity, vector__isnull=False)
        nearest_to_all = mine.order_by(CosineDistance("vector", topic.middle), "pk").first()
        topic.example_id = nearest_to_all.pk if nearest_to_all else None
        topic.save(update_fields=["example"])


def _shared(model: EmbeddingModel) -> dict[str, Vectors]:
    """What the vectors of all questions of a language have in common: the mean of stock questions, which the
    cache knows since articles were indexed."""
    found = {
        language: np.mean([embed_query(text, model) for text in stock_questions(language)], axis=0)
        for language in LANGUAGES
    }
    return found | {ANY: np.mean(list(found.values()), axis=0)}


def _meant_anew(model: EmbeddingModel) -> None:
    """After a change of the model: vectors are made anew; what belongs to which topic stays."""
    Tally.objects.exclude(made_by__in=["", model.identity]).update(made_by="", vector=None)
    for topic in Topic.objects.exclude(made_by=model.identity):
        rows = Tally.objects.filter(topic=topic, made_by=model.identity, vector__isnull=False)
        found = rows.aggregate(middle=Avg("vector"), count=Count("pk"))
        if found["count"]:
            topic.middle, topic.made_by = own([_list(found["middle"])], None)[0].tolist(), model.identity
            topic.save(update_fields=["middle", "made_by"])


def rename(topic: Topic, wanted: str) -> None:
    topic.name, topic.named_by_staff = wanted, True
    topic.save(update_fields=["name", "named_by_staff"])


@transaction.atomic
def merge(topic: Topic, into: Topic) -> None:
    """All of it belongs to the other from now on, and what comes like it will."""
    _one_at_a_time()
    if topic.pk == into.pk:
        return
    sizes = [Tally.objects.filter(topic=one).count() or 1 for one in (topic, into)]
    if topic.made_by == into.made_by:
        weights = np.asarray([[size] for size in sizes], dtype=np.float32)
        both = own([_list(topic.middle), _list(into.middle)], None) * weights
        into.middle = middle(both)
        into.save(update_fields=["middle"])
    Tally.objects.filter(topic=topic).update(topic=into)
    topic.delete()
