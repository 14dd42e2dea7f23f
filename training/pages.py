"""The pages of trainings: what the router learned from, what it mixes up, which one is in use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from chatbot import row_files
from conversations.notifying.telling import see
from flows.receiving import editor_of
from training import mixing, promoting, register, shown
from training.customers.waiting import waiting_number
from training.models import Training
from training.tasks import train_router
from training.trainings.acts import Acts
from training.trainings.shown import one_of
from training.words import CANNOT, Names

LISTED = 40  # trainings
MOST_TEXTS = 300
editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """As a whole, or the part of it that changes, which an open page asks for while a training runs."""
    policy, names = register.policy(), Names()
    rows = [
        shown.row(training, names, pinned=policy.pinned_id)
        for training in Training.objects.light().select_related("begun_by")[:LISTED]
    ]
    context = {
        "section": "training",
        "room": "trainings",
        "policy": policy,
        "ways": "training:",
        **one_of(rows),
        "messages_number": waiting_number(),
    }
    part = "HX-Request" in request.headers
    return render(request, "training/_live.html" if part else "training/page.html", context)


@editors_only
@never_cache
@require_safe
def training(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Training.objects.defer("numbers", "shadow").select_related("begun_by"), pk=pk)
    policy, names = register.policy(), Names()
    see(editor_of(request), about=Training.about(pk))
    present = (
        Training.objects.in_use().defer("numbers", "shadow").first() if found.state == "candidate" else None
    )
    flows = shown.by_flow(found, names)
    context = {
        "section": "training",
        "room": "trainings",
        "ways": "training:",
        "policy": policy,
        "pinned": shown.pinned(found, policy),
        "row": shown.row(found, names, pinned=policy.pinned_id),
        "can": shown.can(found, pinned=policy.pinned_id),
        "flows": flows,
        "others": shown.others(found, names),
        "secrets": [(names.of(label), n) for label, n in found.report.get("secrets", {}).items()],
        "matrices": _matrices(found, present, names),
        "curve": shown.curve(found, present, flows),
        "calibration": shown.calibration(found),
        "compared": shown.compared(found, names),
        "held_out": shown.held_out(found),
    }
    return render(request, "training/training.html", context)


def _matrices(found: Training, present: Training | None, names: Names) -> list[dict[str, Any]]:
    """Its own and, of a candidate, that of the one in use."""
    several = [one for one in (found, present) if one is not None and "mixed" in one.report]
    return [{"training": one, **shown.matrix(one, names)} for one in several]


@editors_only
@never_cache
@require_safe
def mixed(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts behind one number of the matrix, or all that are wrong."""
    found = get_object_or_404(Training.objects.defer("numbers", "shadow"), pk=pk)
    names, asked = Names(), {key: request.GET[key] for key in ("of", "began") if key in request.GET}
    flow = asked["of"] if names.knows(asked.get("of", "")) else ""
    texts = [
        {"text": one["text"], "label": names.of(one["label"]), "began": names.of(one["began"])}
        for one in found.report.get("mistakes", [])
        if asked.get("of", mixing.plain(one["label"])) == mixing.plain(one["label"])
        and asked.get("began", one["began"]) == one["began"]
    ]
    context = {
        "section": "training", "room": "trainings", "training": found, "texts": texts[:MOST_TEXTS],
        "more": max(0, len(texts) - MOST_TEXTS), "kept": "mistakes" in found.report,
        "flow": flow,
        "of_name": names.of(asked["of"]) if "of" in asked else "",
        "began_name": names.of(asked["began"]) if "began" in asked else "",
    }  # fmt: skip
    return render(request, "training/mixed.html", context)


@editors_only
@never_cache
@require_safe
def matrix_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Every flow by every flow, for a spreadsheet."""
    found = get_object_or_404(Training.objects.defer("numbers", "shadow"), pk=pk)
    matrix, names = mixing.matrix(found.figures, found.report.get("mixed", [])), Names()
    keys = [key or "(none)" for key in matrix.order]
    rows = [
        {"example_of": key, "name": names.of(label)}
        | {began or "(none)": matrix.cells.get((label, began), 0) for began in matrix.order}
        for key, label in zip(keys, matrix.order, strict=True)
    ]
    audit.record(audit.Action.EXPORTED, found)
    text = row_files.as_text(rows, "csv", ())
    response = HttpResponse(text, content_type=row_files.FORMS["csv"])
    response["Content-Disposition"] = f'attachment; filename="training-{pk}-mixed-up.csv"'
    return response


def _released(request: HttpRequest) -> dict[str, str]:
    """What was pinned when the page was shown: nothing else is let go of."""
    return {"release": request.POST.get("release", "")}


ACTS = Acts(
    page="training:page",
    in_use=promoting.IN_USE,
    ring=train_router.delay,
    promote=promoting.promote,
    go_back=promoting.go_back,
    begins=gettext_lazy("It begins within ten seconds."),
    cancelled=gettext_lazy(
        "It is cancelled. What is in use stays until something changes, or somebody trains anew."
    ),
    in_use_now=gettext_lazy(
        "%(training)s is in use now. The processes that answer know it within a few seconds."
    ),
    back_now=gettext_lazy(
        "%(training)s is in use now, and pinned: until you unpin it, nothing newer comes into use by itself, "
        "new flows included."
    ),
    cannot=CANNOT,
    given=_released,
)


@editors_only
@require_POST
def unpin(request: HttpRequest) -> HttpResponse:
    waited = promoting.unpin(by=editor_of(request))
    if waited is None:
        messages.success(request, _("Unpinned. The next training may come into use by itself."))
    elif waited.state == "in_use":
        said = _("Unpinned. %(training)s had waited, and is in use now.")
        messages.success(request, said % {"training": waited})
    else:
        messages.info(request, _("Unpinned. %(training)s waits for you.") % {"training": waited})
    return redirect("training:page")
