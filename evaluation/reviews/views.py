"""The review queue: one answer at a time, the worst first, by keyboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role, User
from accounts.permissions import role_required
from conversations.inbox.filters import number
from conversations.inbox.offered import colleagues
from conversations.inbox.showing import staff
from evaluation.reviews import agreement_shown, queueing, reviewing
from evaluation.reviews.meanwhile import Stand, meanwhile, stand_of
from evaluation.reviews.queueing import SHOWN, STATES, Filters, stands_for
from evaluation.reviews.rows import Reason, ReviewItem, Verdict
from evaluation.reviews.shown import answer_of, shown
from knowledge.admin.people import key_of

agents_only = role_required(Role.AGENT)
LONGEST_REMARK = 2000


@agents_only
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Leads to what comes next; with nothing left, says so."""
    user, filters = staff(request), Filters.read(request.GET)
    item = queueing.next_for(user, filters)
    if item is not None:
        return redirect(_address(item.pk, filters))
    context = _column(user, filters) | {"section": "review"}
    return render(request, "evaluation/review.html", context)


@agents_only
@never_cache
@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Any answer, in the queue or not."""
    user, filters = staff(request), Filters.read(request.GET)
    found = answer_of(user, pk)
    item: ReviewItem | None = getattr(found, "review_item", None)
    if item is not None:
        queueing.look_at(item, user)
    context = shown(found, user)
    stood = stand_of(item, sum(one.reviewer_id != user.pk for one in context["reviews"]))
    context |= _column(user, filters, item, pk=found.pk, stood=stood)
    context |= {"section": "review", "colleagues": colleagues()}
    return render(request, "evaluation/review.html", context)


@agents_only
@never_cache
@require_safe
def queue_now(request: HttpRequest) -> HttpResponse:
    """The queue as it is now, and what colleagues have done with the `answer` since it `stood` so: asked for
    by an open page, which shows it when its reader wants it."""
    user, filters = staff(request), Filters.read(request.GET)
    stood = Stand.read(request.GET.get("stood", "")) or Stand()
    pk = number(request.GET.get("answer", ""))
    item = ReviewItem.objects.filter(pk=pk).select_related("assignee").first() if pk else None
    context = _column(user, filters, item, pk=pk, stood=stood)
    left = [_("It is no longer in the queue.")] if stood.state else []
    context["news"] = meanwhile(item, stood, user) if item else left
    return render(request, "evaluation/_queue_now.html", context)


def _column(
    user: User, filters: Filters, opened: ReviewItem | None = None, *, pk: int = 0, stood: Stand | None = None
) -> dict[str, Any]:
    """The queue beside the answer `pk`, whose row is the one that stands for its question."""
    found = queueing.queue(filters, user).select_related("message__turn__question", "assignee")
    items = list(found[: SHOWN + 1])
    here = stands_for(items, opened)
    return {
        "here": here.pk if here else 0,
        "now": urlencode({"answer": pk, "stood": str(stood or Stand())}),
        "alike": getattr(here, "others", 0),
        "each": filters.query(like=opened.pk) if opened else "",
        "unlike": filters.query(like=""),
        "filters": filters,
        "query": filters.query(),
        "items": items[:SHOWN],
        "more": len(items) > SHOWN,
        "states": [(state, _state_words(state)) for state in STATES],
        "all_reasons": Reason.choices,
        "languages": settings.LANGUAGES,
    }


def _state_words(state: str) -> str:
    if state == queueing.DISAGREED:
        return _("Reviewers disagree")
    return str(ReviewItem.State(state).label)


@agents_only
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    user, filters = staff(request), Filters.read(request.GET)
    found = answer_of(user, pk)
    verdict, remark = request.POST.get("verdict", ""), request.POST.get("remark", "")
    if verdict not in Verdict.values:
        messages.error(request, _("Choose what is to be said of this answer."))
        return redirect(_address(pk, filters))
    item = reviewing.item_of(found)
    reviewing.judge(item, reviewer=user, verdict=verdict, remark=remark[:LONGEST_REMARK])
    return _next(user, filters, item)


@agents_only
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """To a colleague, to oneself, or to nobody ("")."""
    filters = Filters.read(request.GET)
    item = reviewing.item_of(answer_of(staff(request), pk))
    wanted = request.POST.get("to", "")
    person = get_object_or_404(User, pk=key_of(wanted), is_active=True) if wanted else None
    reviewing.assign(item, person)
    return redirect(_address(pk, filters))


@agents_only
@require_POST
def pass_over(request: HttpRequest, pk: int) -> HttpResponse:
    user, filters = staff(request), Filters.read(request.GET)
    item = reviewing.item_of(answer_of(user, pk))
    passed = reviewing.dismiss(item, queueing.like(item, filters, user))
    if passed > 1:
        said = ngettext(
            "%(n)d answer is passed over. It can be put back in the list of what was passed over.",
            "%(n)d answers are passed over. They can be put back in the list of what was passed over.",
            passed,
        )
        messages.success(request, said % {"n": passed})
    return _next(user, filters, item)


@agents_only
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What was passed over waits again, with all of its row."""
    user, filters = staff(request), Filters.read(request.GET)
    item = reviewing.item_of(answer_of(user, pk))
    back = reviewing.put_back(item, queueing.like(item, filters, user))
    if back:
        said = ngettext(
            "%(n)d answer waits for a review again.", "%(n)d answers wait for a review again.", back
        )
        messages.success(request, said % {"n": back})
    else:
        messages.info(request, _("There is nothing to put back any more: look at how it stands now."))
    return redirect(_address(pk, Filters()))


@agents_only
@require_POST
def another(request: HttpRequest, pk: int) -> HttpResponse:
    """One more reviewer is to say what they think."""
    filters = Filters.read(request.GET)
    reviewing.ask_another(reviewing.item_of(answer_of(staff(request), pk)))
    messages.success(request, _("One more colleague is asked for a review."))
    return redirect(_address(pk, filters))


@agents_only
@never_cache
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    context = agreement_shown.found() | {"section": "review"}
    return render(request, "evaluation/agreement.html", context)


def _next(user: User, filters: Filters, item: ReviewItem) -> HttpResponse:
    found = queueing.next_for(user, filters, after=item)
    if found is not None:
        return redirect(_address(found.pk, filters))
    query = filters.query()
    return redirect(reverse("evaluation:review") + (f"?{query}" if query else ""))


def _address(pk: int, filters: Filters) -> str:
    query = filters.query()
    return reverse("evaluation:answer", args=[pk]) + (f"?{query}" if query else "")
