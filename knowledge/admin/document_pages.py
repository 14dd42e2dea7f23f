"""The pages and fragments beside an article's form: preview, index state, revisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledge import approval, failures, progress, proposing, publishing, revisions
from knowledge.admin import guarding
from knowledge.admin.found import found
from knowledge.admin.passages import passage
from knowledge.admin.people import key_of, person
from knowledge.admin.questions import check_questions
from knowledge.admin.telling import tell
from knowledge.admin.written_questions import beside, written
from knowledge.models import Chunk, ChunkVector, Document, Revision
from knowledge.pages import Links, readable_by, render_body

PREVIEW_MAX = 400_000  # characters
LATEST = 5  # revisions beside the form


def guard_of(model_admin: ModelAdmin[Document]) -> Callable[[Any], Any]:
    """What makes a view one for whoever may change articles."""

    return partial(guarding.guard, model_admin)


def urls(model_admin: ModelAdmin[Document]) -> list[URLPattern]:
    """Addresses below the articles' own."""
    guard = guard_of(model_admin)
    return [
        path("preview/", guard(require_POST(preview)), name="knowledge_document_preview"),
        path("<int:pk>/index/", guard(require_GET(index_state)), name="knowledge_document_index"),
        path(
            "<int:pk>/index-again/", guard(require_POST(index_again)), name="knowledge_document_index_again"
        ),
        path("<int:pk>/found/", guard(require_GET(found)), name="knowledge_document_found"),
        path("<int:pk>/questions/", guard(require_GET(check_questions)), name="knowledge_document_questions"),
        path(
            "<int:pk>/written/",
            guard(require_http_methods(["GET", "POST"])(written)),
            name="knowledge_document_written",
        ),
        path(
            "<int:pk>/passages/<int:chunk>/",
            guard(require_http_methods(["GET", "POST"])(passage)),
            name="knowledge_document_passage",
        ),
        path("<int:pk>/revisions/", guard(require_GET(revision_list)), name="knowledge_document_revisions"),
        path(
            "<int:pk>/revisions/<int:number>/", guard(require_GET(compare)), name="knowledge_document_compare"
        ),
        path(
            "<int:pk>/revisions/<int:number>/restore/",
            guard(require_POST(restore)),
            name="knowledge_document_restore",
        ),
    ]


def document_called(key: str) -> Document | None:
    """The document of a key that came in a request."""
    return Document.objects.filter(pk=key_of(key)).first()


def initial_of_translation(request: HttpRequest) -> dict[str, Any]:
    """What a new translation starts with: its original's text and place."""
    original = document_called(request.GET.get("translation_of", ""))
    if original is None:
        return {}
    return {
        "translation_of": original.pk,
        "language": request.GET.get("language", ""),
        "title": original.title,
        "body": original.body,
        "description": original.description,
        "audience": original.audience,
    }


def preview(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    body = request.POST.get("body", "")[:PREVIEW_MAX]
    document = document_called(request.POST.get("document", ""))
    links = Links(document, readable_by(request.user)) if document else None
    page = render_body(request.POST.get("title", ""), body, links=links)
    return HttpResponse(page.html)


def index_state(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    return render(request, "admin/knowledge/document/index_state.html", index_context(document))


def index_context(document: Document) -> dict[str, Any]:
    with_meaning = Exists(ChunkVector.objects.filter(chunk=OuterRef("pk")))
    chunks = Chunk.objects.filter(document=document).annotate(with_meaning=with_meaning)
    return {
        "document": document,
        "chunks": chunks.order_by("ordinal"),
        "trouble": failures.in_words(document.index_error),
        "under_way": document.index_state in progress.UNDER_WAY,
        "published": document.status == Document.Status.PUBLISHED,
    }


def beside_the_form(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the change form shows around its fields."""
    latest = list(document.revisions.select_related("author", "approved_by").defer("body")[:LATEST])
    return (
        index_context(document)
        | beside(request, document)
        | {
            "translations": translations(document),
            "revisions": latest,
            "revision_count": latest[0].number if latest else 0,
        }
    )


def index_again(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    publishing.index_again(document)
    return index_state(request, model_admin=model_admin, pk=pk)


def translations(document: Document) -> list[tuple[str, str, Document | None]]:
    """Each language with its name and this article in it, None where it is still to be written."""
    same = document.source.documents.filter(external_id=document.external_id)
    by_language = {other.language: other for other in same.only("pk", "language", "status", "title")}
    return [(code, str(name), by_language.get(code)) for code, name in settings.LANGUAGES]


def revision_list(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    context = _page(request, model_admin, document, title=_("Revisions"))
    context["revisions"] = document.revisions.select_related("author", "approved_by").defer("body")
    return render(request, "admin/knowledge/document/revisions.html", context)


def compare(request: HttpRequest, *, model_admin: Any, pk: int, number: int) -> HttpResponse:
    """What a revision changed; `?with=current` compares it with the article as it is now instead."""
    document = get_object_or_404(Document, pk=pk)
    revision = get_object_or_404(document.revisions, number=number)
    before, after = _pair(document, revision, with_current="current" in request.GET.getlist("with"))
    context = _page(request, model_admin, document, title=_("Revision %(number)s") % {"number": number})
    context |= {
        "revision": revision,
        "newest": document.revisions.first(),
        "must_propose": must_propose(request, document),
        "with_current": after != revision,
        "fields": revisions.compare_fields(before, after),
        "lines": revisions.compare(before.body if before else "", after.body),
    }
    return render(request, "admin/knowledge/document/compare.html", context)


def must_propose(request: HttpRequest, document: Document) -> bool:
    """Whether this person cannot change at once what is read there."""
    is_read = document.status == Document.Status.PUBLISHED
    return is_read and approval.is_bound(person(request), document.source)


def _pair(document: Document, revision: Revision, *, with_current: bool) -> tuple[Revision | None, Revision]:
    if with_current:
        return revision, document.revisions.first() or revision
    return document.revisions.filter(number__lt=revision.number).first(), revision


def restore(request: HttpRequest, *, model_admin: Any, pk: int, number: int) -> HttpResponse:
    revision = get_object_or_404(Revision, document=pk, number=number)
    done = proposing.bring_back(revision, author=person(request))
    tell(request, done, saved=_("Revision %(number)s is back.") % {"number": number})
    return redirect("admin:knowledge_document_change", pk)


def _page(request: HttpRequest, model_admin: Any, document: Document, *, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "document": document,
        "original": document,
        "title": document.title,
        "subtitle": title,
    }
