"""The pages of what search has learned from saved questions, under /staff/training/search/."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.notifying.telling import see
from flows.receiving import editor_of
from knowledge.spaces import live_space
from knowledge.weighing import USUAL, weighing_of
from training.customers.waiting import waiting_number
from training.search import promoting, register, shown, words
from training.search.rows import SearchTraining
from training.search.saved import gather
from training.tasks import train_search
from training.trainings.acts import Acts
from training.trainings.shown import one_of

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
    among = one_of([shown.row(training, present=present) for training in trainings])
    in_use = among["in_use"]
    identity = space.identity if space else ""
    context = {
        "section": "training",
        "room": "search",
        "policy": register.policy(),
        "ways": "training:search-",
        **among,
        "present": present,
        "bar": words.bar(present.lift),
        "is_usual": present == USUAL,
        "other_model": in_use is not None and in_use["training"].identity != identity,
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
    see(editor_of(request), about=SearchTraining.about(pk))
    context = {
        "section": "training",
        "room": "search",
        "ways": "training:search-",
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
def saved(request: HttpRequest) -> HttpResponse:
    """What there is to learn from now, for the page that stands already: every saved question is read."""
    return render(request, "training/search/_saved.html", {"saved": shown.saved(gather())})


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


IN_USE_NOW = gettext_lazy("Search weighs as %(training)s has learned, from the next question on.")
ACTS = Acts(
    page="training:search",
    in_use=promoting.IN_USE,
    ring=train_search.delay,
    promote=promoting.promote,
    go_back=promoting.go_back,
    begins=gettext_lazy("It begins within half a minute."),
    cancelled=gettext_lazy("It is cancelled. Search goes on as it was."),
    in_use_now=IN_USE_NOW,
    back_now=IN_USE_NOW,
    cannot=words.CANNOT,
)


@editors_only
@require_POST
def usual(request: HttpRequest) -> HttpResponse:
    if promoting.go_back_to_usual(by=editor_of(request)):
        messages.success(request, _("Search weighs as the product comes, from the next question on."))
    else:
        messages.info(request, _("It weighs as the product comes already."))
    return redirect("training:search")
