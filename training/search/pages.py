"""The pages of what search has learned from saved questions, under /staff/training/search/."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from conversations.notifying.telling import see
from flows.receiving import editor_of
from knowledge.spaces import live_space
from knowledge.weighing import USUAL, weighing_of
from training.customers.waiting import waiting_number
from training.promoting import PromotionError
from training.search import promoting, register, shown, words
from training.search.rows import SearchTraining
from training.search.telling import about
from training.tasks import train_search

LISTED = 40  # trainings
editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """As a whole, or the part of it that changes, which an open page asks for while a training runs."""
    space = live_space()
    present = weighing_of(space) if space else USUAL
    trainings = SearchTraining.objects.light().select_related("begun_by")[:LISTED]
    rows = [shown.row(training, present=present) for training in trainings]
    in_use = next((row for row in rows if row["training"].state == "in_use"), None)
    identity = space.identity if space else ""
    context = {
        "section": "training",
        "room": "search",
        "policy": register.policy(),
        "rows": rows,
        "present": present,
        "bar": words.bar(present.lift),
        "is_usual": present == USUAL,
        "in_use": in_use,
        "other_model": in_use is not None and in_use["training"].identity != identity,
        "running": next((row for row in rows if row["is_open"]), None),
        "candidate": next((row for row in rows if row["training"].state == "candidate"), None),
        "messages_number": waiting_number(),
    }
    part = "HX-Request" in request.headers
    return render(request, "training/search/_live.html" if part else "training/search/page.html", context)


@editors_only
@never_cache
@require_safe
def training(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SearchTraining.objects.defer("asked").select_related("begun_by"), pk=pk)
    space = live_space()
    see(editor_of(request), about=about(pk))
    context = {
        "section": "training",
        "room": "search",
        "row": shown.row(found, present=weighing_of(space) if space else USUAL),
        "can": shown.can(found),
        "chosen": shown.chosen(found),
        "sources": shown.sources(found),
        "compared": shown.compared(found),
        "confusion": shown.confusion(found),
        "curve": shown.curve(found),
        "grid": shown.grid(found),
    }
    return render(request, "training/search/training.html", context)


@editors_only
@never_cache
@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Those behind one number, or all of them."""
    found = get_object_or_404(SearchTraining.objects.defer("asked"), pk=pk)
    part, side, cell = (request.GET.get(name, "") for name in ("part", "side", "cell"))
    part = part if part in shown.PARTS else ""
    side = side if side in shown.SIDES else "now"
    cell = cell if cell in words.CELLS else ""
    several, more = shown.questions(found, part=part, side=side, cell=cell)
    context = {
        "section": "training", "room": "search", "training": found, "questions": several, "more": more,
        "part": part, "side": side, "cell": words.CELLS.get(cell, ""),
    }  # fmt: skip
    return render(request, "training/search/questions.html", context)


@editors_only
@require_POST
@transaction.atomic
def start(request: HttpRequest) -> HttpResponse:
    found, new = register.ask(by=editor_of(request))
    if new:
        audit.record(audit.Action.ADDED, found)
        transaction.on_commit(partial(_ring, request))
    else:
        messages.info(request, _("A training is under way already: see below how far it is."))
    return redirect("training:search")


def _ring(request: HttpRequest) -> None:
    """The broker is a doorbell: without it, the training begins a little later all the same."""
    try:
        train_search.delay()
    except Exception:  # noqa: BLE001  boundary: the broker is another process
        messages.info(request, _("It begins within half a minute."))


@editors_only
@require_POST
@transaction.atomic
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SearchTraining.objects.light(), pk=pk)
    if register.cancel(pk):
        audit.record(audit.Action.STOPPED, found, before={"state": found.state})
        messages.success(request, _("It is cancelled. Search goes on as it was."))
    else:
        messages.warning(request, _("It could not be cancelled: it has ended meanwhile."))
    return redirect("training:search")


@editors_only
@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, promoting.promote)


@editors_only
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, promoting.go_back)


def _done(request: HttpRequest, pk: int, act: Callable[..., SearchTraining]) -> HttpResponse:
    get_object_or_404(SearchTraining.objects.only("pk"), pk=pk)
    try:
        act(pk, by=editor_of(request))
    except PromotionError as error:
        messages.error(request, words.CANNOT[error.code])
    else:
        said = _("Search weighs as training %(number)s has learned, from the next question on.")
        messages.success(request, said % {"number": pk})
    return redirect("training:search")


@editors_only
@require_POST
def usual(request: HttpRequest) -> HttpResponse:
    if promoting.go_back_to_usual(by=editor_of(request)):
        messages.success(request, _("Search weighs as the product comes, from the next question on."))
    else:
        messages.info(request, _("It weighs as the product comes already."))
    return redirect("training:search")


@editors_only
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SearchTraining.objects.only("pk"), pk=pk)
    if promoting.set_aside(pk, by=editor_of(request)):
        messages.success(request, _("It is set aside, and stays in the register."))
    else:
        messages.warning(request, _("It is no candidate any more."))
    return redirect("training:search")


@editors_only
@require_POST
def policy(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("by_itself")
    if wanted in ("yes", "no"):
        promoting.choose(by_itself=wanted == "yes", by=editor_of(request))
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of the two."))
    return redirect("training:search")
