"""The changes that wait to be approved: their list, the page of each, and what is decided there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from knowledge import approval, proposing, revisions
from knowledge.admin.document_pages import guard_of
from knowledge.admin.editing import ArticleForm, initial_of
from knowledge.admin.people import key_of, person
from knowledge.cleaning.visible import clean_line
from knowledge.indexing import newest_revision
from knowledge.merging import Content, Merged, Side
from knowledge.models import Document, Proposal

State = Proposal.State
LIST, PAGE = "admin:knowledge_document_proposals", "admin:knowledge_document_proposal"
PER_PAGE = 25
LONGEST_REASON = 500
LABELS: dict[str, Promise] = {
    "waiting": gettext_lazy("To be approved"),
    "mine": gettext_lazy("Yours"),
    "decided": gettext_lazy("Decided"),
}
REFUSALS: dict[str, Promise] = {
    "decided": gettext_lazy("Somebody has decided this already."),
    "overtaken": gettext_lazy("The article or the proposal was changed while you looked: look again."),
    "not_yours": gettext_lazy("Nobody decides about their own proposal: somebody else has to."),
    "not_chosen": gettext_lazy("Choose for each place first."),
}


def urls(model_admin: ModelAdmin[Document]) -> list[URLPattern]:
    guard = guard_of(model_admin)

    def post(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(address, guard(require_POST(view)), name=f"knowledge_document_{name}")

    return [
        path("proposals/", guard(require_GET(proposals)), name="knowledge_document_proposals"),
        path("proposals/<int:pk>/", guard(require_GET(proposal)), name="knowledge_document_proposal"),
        post("proposals/<int:pk>/decide/", decide, "proposal_decide"),
        post("proposals/<int:pk>/withdraw/", withdraw, "proposal_withdraw"),
    ]


def waiting(request: HttpRequest) -> QuerySet[Proposal]:
    """What this person may decide about, for the menu."""
    return proposing.waiting_for(person(request))


def proposals(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    lists = _lists(request)
    shown = request.GET.get("show", "")
    shown = shown if shown in lists else "waiting"
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Changes to approve"),
        "content_title": _("Changes to approve"),  # in the header, where the model's name would stand
        "tabs": [(key, label, lists[key].count()) for key, label in LABELS.items()],
        "shown": shown,
        "page": Paginator(lists[shown], PER_PAGE).get_page(request.GET.get("page")),
        "me": person(request),
    }
    return render(request, "admin/knowledge/proposal/list.html", context)


def _lists(request: HttpRequest) -> dict[str, QuerySet[Proposal]]:
    every = Proposal.objects.select_related("document__source", "author", "decided_by").defer("body")
    return {
        "waiting": every.filter(state=State.OPEN).order_by("created_at", "pk"),
        "mine": every.filter(author=person(request)),
        "decided": every.exclude(state=State.OPEN).order_by("-decided_at", "-pk"),
    }


def _one(pk: int) -> Proposal:
    rows = Proposal.objects.select_related("document__source", "base", "author", "decided_by", "revision")
    return get_object_or_404(rows, pk=pk)


def proposal(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    found = _one(pk)
    return _page(request, model_admin, found, joined=proposing.merged(found, _chosen(request.GET)))


def _chosen(given: Any) -> dict[str, Side]:
    """`?which-text-0=live&which-title=proposed`: the side of each conflict."""
    sides: dict[str, Side] = {"live": "live", "proposed": "proposed"}
    return {
        name.removeprefix("which-"): sides[value]
        for name, value in given.items()
        if name.startswith("which-") and value in sides
    }


def _page(
    request: HttpRequest,
    model_admin: Any,
    found: Proposal,
    *,
    joined: Merged,
    corrections: ArticleForm | None = None,
    **more: Any,
) -> HttpResponse:
    me, document = person(request), found.document
    is_open = found.state == State.OPEN
    newest = newest_revision(document.pk)
    now = proposing.read_now(document, newest) if is_open else found.base
    would_say = joined.content if is_open else found
    can_decide = is_open and approval.may_approve(me, found.author)
    form = corrections or _corrections(model_admin, request, document, joined.content)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": document.title,
        "subtitle": _("Proposed change"),
        "original": document,
        "document": document,
        "proposal": found,
        "is_mine": me is not None and found.author_id == me.pk,
        "is_open": is_open,
        "can_decide": can_decide,
        "newest": newest,
        "has_moved": is_open and newest is not None and newest.pk != found.base_id,
        "joined": joined,
        "fields": revisions.compare_fields(now, would_say),
        "lines": revisions.compare(now.body, would_say.body),
        "form": form if can_decide and joined.is_clear else None,
        "media": form.media,
    }
    return render(request, "admin/knowledge/proposal/page.html", context | more)


def _corrections(
    model_admin: Any, request: HttpRequest, document: Document, said: Content, data: Any = None
) -> ArticleForm:
    """The article's own fields, beginning with what would be published."""
    form_class = model_admin.get_form(request, document, form=ArticleForm, fields=ArticleForm.Meta.fields)
    form: ArticleForm = form_class(data, instance=document, initial=initial_of(said, document))
    shelf = form.fields["category"]
    shelf.widget = getattr(shelf.widget, "widget", shelf.widget)  # without the ways to other pages
    return form


def decide(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Publish it, publish it with corrections, or decline it with a reason that its author reads."""
    found, wish = _one(pk), request.POST.get("decision", "")
    if wish == "decline":
        return _decline(request, model_admin, found)
    joined, corrected = proposing.merged(found, _chosen(request.POST)), None
    if wish == "correct":
        form = _corrections(model_admin, request, found.document, joined.content, request.POST)
        if not form.is_valid():
            return _page(request, model_admin, _one(pk), joined=joined, corrections=form)
        corrected = revisions.content_of(form.instance)
    elif wish != "publish":
        return redirect(PAGE, pk)
    refused = proposing.approve(
        found,
        by=person(request),
        seen=key_of(request.POST.get("seen", "")),
        version=key_of(request.POST.get("version", "")),
        status=request.POST.get("status", ""),
        choices=_chosen(request.POST),
        corrected=corrected,
    )
    done = _("Published. Customers can read it, and the assistant will know it in a moment.")
    return _said(request, found, refused, done)


def _decline(request: HttpRequest, model_admin: Any, found: Proposal) -> HttpResponse:
    reason = clean_line(request.POST.get("reason", ""))[:LONGEST_REASON]
    if not reason:
        told = _("Say why: its author reads it, and can go on from there.")
        return _page(request, model_admin, found, joined=proposing.merged(found), reason_error=told)
    version = key_of(request.POST.get("version", ""))
    refused = proposing.decline(found, by=person(request), reason=reason, version=version)
    return _said(request, found, refused, _("Declined. Its author reads the reason beside the article."))


def withdraw(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    found = _one(pk)
    refused = proposing.withdraw(found, by=person(request))
    return _said(request, found, refused, _("Withdrawn. Nobody is asked to approve it any more."))


def _said(request: HttpRequest, found: Proposal, refused: str | None, done: str) -> HttpResponse:
    if refused:
        messages.error(request, str(REFUSALS[refused]))
        return redirect(PAGE, found.pk)
    messages.success(request, done)
    return redirect(LIST)
