"""One passage of an article, corrected beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge import approval, correcting
from knowledge.admin.people import key_of, person
from knowledge.admin.telling import UNPROPOSED, tell
from knowledge.models import Chunk, Document

REFUSALS: dict[str, Promise] = {
    "overtaken": gettext_lazy(
        "The article was changed meanwhile. Copy your text, open the article again and put it in."
    ),
    "empty": gettext_lazy("Write something. To remove the passage, take it out of the article's text."),
    **UNPROPOSED,
    "too_long": gettext_lazy("A passage cannot be that long: write it in the article's text."),
}


def passage(request: HttpRequest, *, model_admin: Any, pk: int, chunk: int) -> HttpResponse:
    """The form, and what it sends. When it is saved the page comes anew, with the new text in its fields."""
    chunks = Chunk.objects.select_related("document__source", "revision")
    found = get_object_or_404(chunks, pk=chunk, document=pk)
    body, bound = found.document.body[found.start : found.end], _is_bound(request, found.document)
    context = {
        "chunk": found,
        "text": body,
        "seen": found.revision.number,
        "must_propose": bound,
        "error": "",
    }
    if request.method == "POST":
        text = request.POST.get("text", "")
        seen = key_of(request.POST.get("seen", ""))
        done = correcting.correct(found, text, seen=seen, author=person(request))
        if not isinstance(done, str):
            tell(request, done, saved=_("The passage is corrected, and will be indexed in a moment."))
            return HttpResponse(headers={"HX-Refresh": "true"})
        context |= {"text": text, "seen": seen, "error": REFUSALS[done]}
    return render(request, "admin/knowledge/document/passage.html", context)


def _is_bound(request: HttpRequest, document: Document) -> bool:
    return approval.is_bound(person(request), document.source)
