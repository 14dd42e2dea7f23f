"""The questions that a model wrote, beside the article that answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge import approval, failures, question_writing, written_questions
from knowledge.admin.people import person
from knowledge.admin.telling import tell
from knowledge.models import Document, WrittenQuestions

PART = "admin/knowledge/document/written_questions.html"
GONE = gettext_lazy("This question is not there any more.")
REMOVED = gettext_lazy("Removed. It does not come again.")
ASKED = gettext_lazy("The model is asked for others.")


@dataclass(frozen=True)
class Row:
    """`proposed`: somebody asks already to take it over."""

    question: str
    proposed: bool


def written(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """The part, and what its buttons do. When it asks whether anything has changed, no is 204."""
    document = get_object_or_404(Document.objects.select_related("source"), pk=pk)
    if request.method != "POST":
        context = beside(request, document)
        same = request.GET.get("state") == context["writing_state"]
        return HttpResponse(status=204) if same else render(request, PART, context)
    wish, question = request.POST.get("wish", ""), request.POST.get("question", "")
    if wish == "keep":
        done = written_questions.keep(document, question, author=person(request))
        if done != "gone":
            tell(request, done, saved=_("The question is yours now, and stays whatever the model writes."))
            return HttpResponse(headers={"HX-Refresh": "true"})
    said = _do(document, wish, question)
    return render(request, PART, beside(request, document) | {"said": said})


def _do(document: Document, wish: str, question: str) -> str | Promise:
    """What there is to be said of it."""
    if wish == "remove" and written_questions.remove(document, question) is None:
        return REMOVED
    if wish in ("again", "retry"):
        do = written_questions.write_again if wish == "again" else written_questions.try_again
        do(document)
        return ASKED
    return GONE


def beside(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the part shows."""
    state, proposed = written_questions.state_of(document), written_questions.proposed(document)
    kept = WrittenQuestions.objects.filter(document=document).first()
    job = written_questions.last_job(document) if state == "failed" else None
    is_waiting = state in written_questions.UNDER_WAY
    return {
        "document": document,
        "writing_state": state,
        "written": kept,
        "written_rows": [Row(one, one in proposed) for one in kept.questions] if kept else [],
        "writing_trouble": failures.in_words(job.error) if job else "",
        "being_written": is_waiting,
        "articles_waiting": question_writing.waiting(document.source).count() if is_waiting else 0,
        "keeping_proposes": document.status == Document.Status.PUBLISHED
        and approval.is_bound(person(request), document.source),
    }
