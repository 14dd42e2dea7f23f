"""The page on which the knowledge is kept right: four lists, each with what can be done in one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chatbot.counting import how_many
from knowledge import publishing, usage
from knowledge.admin.document_pages import guard_of
from knowledge.admin.people import person
from knowledge.admin.telling import UNPROPOSED
from knowledge.models import Document, Finding
from knowledge.upkeep import comparing, deciding, listing

PER_PAGE = 25
PAGE = "admin:knowledge_document_upkeep"
LABELS: dict[str, Promise] = {
    "duplicates": gettext_lazy("Duplicates"),
    "contradictions": gettext_lazy("Contradictions"),
    "review": gettext_lazy("To be reviewed"),
    "unused": gettext_lazy("Never found"),
}
MONTHS = [3, 6, 12, 24]
KEPT: dict[str, Promise] = {
    "kept": gettext_lazy(
        "“%(title)s” is kept; the other one is a draft now, and its questions have gone over."
    ),
    "proposed": gettext_lazy(
        "“%(title)s” is kept; the other one is a draft now. That its questions go over needs somebody else’s "
        "approval, and is proposed."
    ),
}


def urls(model_admin: ModelAdmin[Document]) -> list[URLPattern]:
    guard = guard_of(model_admin)

    def post(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(address, guard(require_POST(view)), name=f"knowledge_document_{name}")

    return [
        path("upkeep/", guard(require_GET(upkeep)), name="knowledge_document_upkeep"),
        post("upkeep/<int:pk>/decide/", decide, "decide"),
        post("<int:pk>/still-right/", still_right, "still_right"),
        post("<int:pk>/unpublish/", unpublish, "unpublish"),
    ]


def upkeep(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    months, since = _months(request), usage.counted_since()
    lists = _lists(months, since)
    counts = how_many({**lists, "comparing": comparing.waiting()})
    shown = request.GET.get("show", "")
    if shown not in lists:
        shown = next((key for key in lists if counts[key]), "duplicates")
    pages = Paginator(lists[shown], PER_PAGE)
    vars(pages)["count"] = counts[shown]  # which is known
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Upkeep"),
        "content_title": _("Upkeep"),  # in the header, where the model's name would stand
        "tabs": [(key, label, counts[key]) for key, label in LABELS.items()],
        "shown": shown,
        "months": months,
        "choices": MONTHS,
        "page": pages.get_page(request.GET.get("page")),
        "comparing": counts["comparing"],
        "since": since,
        "back": f"?show={shown}&months={months}",
    }
    return render(request, "admin/knowledge/upkeep/page.html", context)


def _months(request: HttpRequest) -> int:
    asked = request.GET.get("months", "")
    return int(asked) if asked in {str(months) for months in MONTHS} else listing.UNTOUCHED


def _lists(months: int, since: date | None) -> dict[str, QuerySet[Any]]:
    today = timezone.localdate()
    return {
        "duplicates": listing.open_findings(Finding.Kind.DUPLICATE),
        "contradictions": listing.open_findings(Finding.Kind.CONTRADICTION),
        "review": listing.to_be_reviewed(today, months).select_related("owner", "category"),
        "unused": listing.never_found(today, since).select_related("owner", "source"),
    }


def decide(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Keep the first or the second of two articles, or dismiss what was found."""
    finding = get_object_or_404(Finding.objects.select_related("document", "other"), pk=pk)
    decision = request.POST.get("decision", "")
    kept = {"first": finding.document, "second": finding.other}.get(decision)
    if decision == "dismiss":
        deciding.dismiss(finding, by=person(request))
        messages.success(request, _("Not shown again while both texts stay as they are."))
    elif kept and finding.kind == Finding.Kind.DUPLICATE:
        _keep(request, finding, kept)
    return _back(request, "contradictions" if finding.kind == Finding.Kind.CONTRADICTION else "duplicates")


def _keep(request: HttpRequest, finding: Finding, kept: Document) -> None:
    done = deciding.keep(finding, kept, author=person(request))
    if done in KEPT:
        messages.success(request, KEPT[done] % {"title": kept})
    else:
        said = _("Somebody has decided this already.") if done == "decided" else str(UNPROPOSED[done])
        messages.warning(request, said)


def still_right(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.select_related("category"), pk=pk)
    day = deciding.still_right(document, today=timezone.localdate())
    said = _("“%(title)s” is to be reviewed again on %(day)s.")
    messages.success(request, said % {"title": document, "day": date_format(day)})
    return _back(request, "review")


def unpublish(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    publishing.unpublish(document)
    messages.success(request, _("“%(title)s” is a draft now.") % {"title": document})
    return _back(request, "unused")


def _back(request: HttpRequest, shown: str) -> HttpResponse:
    months = _months(request)
    return redirect(f"{reverse(PAGE)}?show={shown}&months={months}")
