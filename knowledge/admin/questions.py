"""Whether the questions of an article find it: each with the place at which it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from knowledge.admin.found import look_for
from knowledge.models import Document
from knowledge.questions import questions_of

MOST = 30  # questions that are asked at once


@dataclass(frozen=True)
class Asked:
    """`rank` is the article's place among the passages found, None when it is not among them."""

    question: str
    rank: int | None
    answers: bool
    first: str  # the title of what comes first


def check_questions(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    asked = questions_of(document)
    rows = [_ask(document, question) for question in asked[:MOST]]
    left_out = max(0, len(asked) - MOST)
    found = sum(1 for row in rows if row.rank == 1)
    context = {"document": document, "rows": rows, "found": found, "left_out": left_out}
    return render(request, "admin/knowledge/document/question_rows.html", context)


def _ask(document: Document, question: str) -> Asked:
    """The article's own passages count as one place: the best of them does."""
    looked = look_for(document, question)
    rows, own = looked["rows"], looked["own"]
    first = rows[0].passage.title if rows else ""
    return Asked(question, own.rank if own else None, looked["answers"], first)
