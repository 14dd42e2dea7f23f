"""One passage of an article, corrected beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge import correcting
from knowledge.admin.people import person
from knowledge.models import Chunk

REFUSALS: dict[str, Promise] = {
    "overtaken": gettext_lazy(
        "The article was changed meanwhile. Copy your text, open the article again and put it in."
    ),
    "empty": gettext_lazy("Write something. To remove the passage, take it out of the article's text."),
    "too_long": gettext_lazy("A passage cannot be that long: write it in the article's text."),
}


def passage(request: HttpRequest, *, model_admin: Any, pk: int, chunk: int) -> HttpResponse:
    """The form, and what it sends. When it is saved the page comes anew, with the new text in its fields."""
    found = get_object_or_404(Chunk.objects.select_related("document", "revision"), pk=chunk, document=pk)
    body = found.document.body[found.start : found.end]
    context = {"chunk": found, "text": body, "seen": found.revision.number, "error": ""}
    if request.method == "POST":
        text = request.POST.get("text", "")
        seen = _number(request.POST.get("seen", ""))
        refused = correcting.correct(found, text, seen=seen, author=person(request))
        if refused is None:
            messages.success(request, _("The passage is corrected, and will be indexed in a moment."))
            return HttpResponse(headers={"HX-Refresh": "true"})
        context |= {"text": text, "seen": seen, "error": REFUSALS[refused]}
    return render(request, "admin/knowledge/document/passage.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
