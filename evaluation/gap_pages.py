"""The page of a gap: its questions, who sees to it, the article that answers it, and whether it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evaluation import deciding
from evaluation.drafting import draft_for
from evaluation.gap_forms import AnswerForm, CareForm
from evaluation.models import Gap, GapQuestion
from knowledge import approval, failures, publishing
from knowledge.admin import guarding
from knowledge.admin.people import key_of, person
from knowledge.models import Document

View = Callable[..., HttpResponse]
PAGE = "admin:evaluation_gap_change"
PER_PAGE = 50


def urls(model_admin: Any) -> list[URLPattern]:
    """Addresses below a gap's own, for whoever may change gaps."""

    guard = partial(guarding.guard, model_admin)

    def post(name: str, view: View) -> URLPattern:
        return path(f"<int:pk>/{name}/", guard(require_POST(view)), name=f"evaluation_gap_{name}")

    return [
        post("answer", answer),
        post("care", care),
        post("decide", decide),
        path("<int:pk>/check/", guard(require_GET(check)), name="evaluation_gap_check"),
    ]


def day(when: datetime | None) -> SafeString:
    shown = date_format(localtime(when), "SHORT_DATE_FORMAT") if when else "–"
    return format_html('<span class="whitespace-nowrap">{}</span>', shown)


def gap_page(request: HttpRequest, *, model_admin: Any, key: str) -> HttpResponse:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    gap = _gap(key_of(key))
    if gap is None:
        raise Http404
    return _page(request, model_admin, gap)


def _gap(pk: int) -> Any:
    """Counted, with `asked_again` and `answered`: how many questions the last check has asked, and how many
    of these are answered now; and `spoken`: the language of the question after which it is called, else of
    the newest."""
    questions = GapQuestion.objects.filter(gap=OuterRef("pk")).order_by("-asked_at", "-pk")

    def number(**which: Any) -> Coalesce:
        rows = questions.filter(**which).order_by().values("gap").annotate(number=Count("pk"))
        return Coalesce(Subquery(rows.values("number")), 0)

    named = questions.filter(text=OuterRef("title")).values("language")[:1]
    spoken = Coalesce(Subquery(named), Subquery(questions.values("language")[:1]), Value("en"))
    gaps = Gap.objects.counted().select_related("document", "assignee").annotate(
        asked_again=number(answered_now__isnull=False), answered=number(answered_now=True), spoken=spoken
    )  # fmt: skip
    return gaps.filter(pk=pk).first()


def _page(
    request: HttpRequest, model_admin: Any, gap: Any, form: AnswerForm | None = None, care: Any = None
) -> HttpResponse:
    pages = Paginator(gap.questions.defer("vector").select_related("message"), PER_PAGE)
    vars(pages)["count"] = gap.times  # which is known
    here = publishing.where_we_write()
    draft = draft_for(gap, gap.spoken) if form is None and "draft" in request.GET else None
    begun = {"title": gap.title, "language": gap.spoken, "body": draft.body if draft else ""}
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "original": gap,
        "title": gap.title,
        "page": pages.get_page(request.GET.get("page")),
        "draft": draft,
        "form": form or AnswerForm(initial=begun),
        "care": care or CareForm.of(gap),
        "must_propose": bool(here and approval.is_bound(person(request), here)),
    }
    return render(request, "admin/evaluation/gap/page.html", context | _check_context(gap))


def _check_context(gap: Any) -> dict[str, Any]:
    return {
        "gap": gap,
        "trouble": failures.in_words(gap.document.index_error) if gap.document else "",
        "answered": gap.answered,
        "asked_again": gap.asked_again,
    }


def check(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """How far the check is, asked for again and again while it is under way; then the page comes anew."""
    gap = _gap(pk)
    if gap is None:
        raise Http404
    response = render(request, "admin/evaluation/gap/check.html", _check_context(gap))
    if gap.check_due_at is None:
        response["HX-Refresh"] = "true"
    return response


def answer(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Publish what was written; the page then shows whether it answers."""
    gap = _gap(pk)
    if gap is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, model_admin, gap, form)
    written = deciding.answer(gap, author=person(request), **form.cleaned_data)
    if written.status == Document.Status.PUBLISHED:
        messages.success(request, _("Published. As soon as it is indexed, the questions are asked again."))
    else:
        messages.success(
            request, _("Proposed. As soon as somebody approves it, the questions are asked again.")
        )
    return redirect(PAGE, pk)


def care(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    gap = _gap(pk)
    if gap is None:
        raise Http404
    form = CareForm(request.POST)
    if not form.is_valid():
        return _page(request, model_admin, gap, care=form)
    deciding.rename(gap, form.cleaned_data["title"])
    if form.cleaned_data["assignee"] != gap.assignee:
        deciding.assign([gap], form.cleaned_data["assignee"])
    messages.success(request, _("Saved."))
    return redirect(PAGE, pk)


def decide(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Dismiss it, open it again, ask its questions again, or make a gap of the questions that are ticked."""
    gap, wish = get_object_or_404(Gap, pk=pk), request.POST.get("decision", "")
    if wish == "dismiss":
        deciding.dismiss([gap])
    elif wish == "reopen":
        deciding.reopen(gap)
    elif wish == "check":
        deciding.check_again(gap)
    elif wish == "split":
        keys = [key for key in map(key_of, request.POST.getlist("question")) if key]
        if (other := deciding.split(gap, keys)) is not None:
            return redirect(PAGE, other.pk)
        messages.warning(request, _("Choose some of the questions, and not all."))
    return redirect(PAGE, pk)
