"""Bring the questions of all conversations of an import together: one row for each that was asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from knowledge.cleaning.duplicates import fingerprint
from knowledge.cleaning.grouping import Group, group
from knowledge.intake.exchanges import candidate_of
from knowledge.intake.items import MOST_QUESTIONS, Item
from knowledge.intake.refining import Refined
from knowledge.intake.staging import add_rows, fill
from knowledge.models import ImportItem, ImportRun
from llm.embedding import embed_query
from llm.errors import ModelError

logger = logging.getLogger(__name__)

PAGE = 25
ASKED = "asked:"  # begins the ids of what comes from conversations
State, Decision = ImportItem.State, ImportItem.Decision
Vectors = NDArray[np.float32]


def group_exchanges(run: ImportRun, goes_on: Callable[[], bool]) -> bool:
    """False when the time is over before all have their meaning; the next run goes on."""
    exchanges = run.items.filter(state=State.EXCHANGE).order_by("number")
    if not exchanges.exists():
        return True
    if not _embed(run, goes_on):
        return False
    rows = list(exchanges)
    groups = group([candidate_of(row) for row in rows], _vectors(rows))
    _replace(run, groups)
    return True


def _embed(run: ImportRun, goes_on: Callable[[], bool]) -> bool:
    """Keep the meaning of each question with its row. Without a model, words have to do."""
    missing = run.items.filter(state=State.EXCHANGE).exclude(fields__has_key="vector").order_by("number")
    while page := list(missing[:PAGE]):
        try:
            for row in page:
                row.fields["vector"] = embed_query(row.title)
        except ModelError as error:
            logger.info("Questions of import %s are grouped by their words: %s", run.pk, error)
            return True
        ImportItem.objects.bulk_update(page, ["fields"])
        if not goes_on():
            return False
    return True


def _vectors(rows: list[ImportItem]) -> Vectors | None:
    kept = [row.fields.get("vector") for row in rows]
    if any(vector is None for vector in kept):
        return None
    vectors = np.array(kept, dtype=np.float32)
    lengths: Vectors = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return (vectors / lengths).astype(np.float32)


@transaction.atomic
def _replace(run: ImportRun, groups: list[Group]) -> None:
    """The groups stand where their members stood."""
    run.items.filter(state=State.EXCHANGE).delete()
    add_rows(run, [_row(made) for made in groups])


def _row(made: Group) -> ImportItem:
    """What is only about one customer's own order is left out."""
    first = made.members[0]
    item = Item(
        place=first.place,
        external_id=f"{ASKED}{_key(made.question)}",
        language=first.language,
        title=made.question,
        body=made.answer,
        questions=[question[:300] for question in made.questions[:MOST_QUESTIONS]],
    )
    row = ImportItem(state=State.READ, times=made.count)
    fill(row, Refined(item, item))
    if all(member.specific for member in made.members):
        row.state, row.decision, row.code = State.LEFT, Decision.NONE, "left_specific"
        row.details = {"number": made.count}
    row.place = asdict(first.place)
    return row


def _key(question: str) -> str:
    return fingerprint(question).hex()
