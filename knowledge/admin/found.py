"""What a question would find, beside the article that should be the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from knowledge.chunking import plain_text
from knowledge.failures import WORDS_ALONE
from knowledge.models import Document
from knowledge.reading import read
from knowledge.search import Passage, Query, Results, search

QUESTION_MAX = 500  # characters
DEPTH = 30  # passages that are looked through for this article
SHOWN = 8


@dataclass(frozen=True)
class Row:
    """A passage at its place, from 1. `here`: of this article; `below`: the floor; `again`: another of its
    article stands above."""

    rank: int
    passage: Passage
    here: bool
    below: bool
    again: bool

    @property
    def text(self) -> str:
        return plain_text(self.passage.text)


def found(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:QUESTION_MAX]
    context = {"document": document, "question": question}
    if question:
        context |= look_for(document, question)
    return render(request, "admin/knowledge/document/found_rows.html", context)


def _rows(document: Document, results: Results) -> Iterator[Row]:
    above: set[int] = set()
    for rank, passage in enumerate(results.passages, 1):
        here, below = passage.document_id == document.pk, passage.score < results.floor
        yield Row(rank, passage, here, below, again=passage.document_id in above)
        above.add(passage.document_id)


def look_for(document: Document, question: str) -> dict[str, Any]:
    """Ask as somebody for whom the article is, in its language."""
    query = Query(question, language=document.language, audience=document.audience)
    results = search(query, limit=DEPTH)
    rows = list(_rows(document, results))
    own = next((row for row in rows if row.here), None)
    return {
        "rows": rows[:SHOWN] + ([own] if own and own.rank > SHOWN else []),
        "own": own,
        "floor": results.floor,
        "words_alone": WORDS_ALONE[results.degraded] if results.degraded else "",
        "answers": read(results.read_as or question, document.language, results).answers,
        "read_as": results.read_as,
    }
