"""The public help centre."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from knowledge.browsing import search_help, shelves
from knowledge.models import Document
from knowledge.pages import build_page, neighbours_of, readable_by, translations_of
from knowledge.pinning import PARAMETER, read_pin
from knowledge.seen import seen_by_answer

QUESTION_MAX = 500  # characters


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def home(request: HttpRequest) -> HttpResponse:
    language = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return redirect("knowledge:contents", language=language if language in known_languages() else "en")


def known_languages() -> dict[str, object]:
    return dict(settings.LANGUAGES)


@require_safe
def contents(request: HttpRequest, language: str) -> HttpResponse:
    if language not in known_languages():
        raise Http404
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:QUESTION_MAX]
    with translation.override(language):
        context = {
            "page_language": language,
            "question": question,
            "found": search_help(question, language=language) if question else None,
            "shelves": shelves(Document.objects.public().in_language(language)),
            "language_links": [
                (code, reverse("knowledge:contents", args=[code]))
                for code in known_languages()
                if code != language
            ],
        }
        return render(request, "knowledge/contents.html", context)


@require_safe
def article(request: HttpRequest, language: str, pk: int, slug: str) -> HttpResponse:
    readable = readable_by(request.user)
    document = get_object_or_404(readable.select_related("category", "source"), pk=pk)
    pin = request.GET.get(PARAMETER, "")
    if request.path != document.get_absolute_url():
        kept = f"?{PARAMETER}={pin}" if read_pin(pin) else ""
        return redirect(f"{document.get_absolute_url()}{kept}")
    seen = seen_by_answer(document, pin)
    others = translations_of(document, readable=readable)
    with translation.override(document.language):
        context = {
            "document": document,
            "page": build_page(document, readable=readable, cited=seen.place if seen else None),
            "seen": seen,
            "language_links": [(other.language, other.get_absolute_url()) for other in others],
            "can_edit": request.user.has_perm("knowledge.change_document"),
            "neighbours": neighbours_of(document, readable=readable),
            "page_language": document.language,
        }
        return render(request, "knowledge/article.html", context)
