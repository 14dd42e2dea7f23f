"""The pages of fine-tuning: what was asked of a provider, how far it is, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.notifying.telling import see
from flows.receiving import editor_of
from llm import fine_tuning
from llm.fine_tuning_errors import TuningError
from training.examples.rows import Dataset
from training.fine_tuning import beginning, shown, words, writing
from training.fine_tuning.beginning import CannotBegin
from training.fine_tuning.form import TuningForm, initial_of, seal_of
from training.fine_tuning.rows import FineTuning
from training.fine_tuning.telling import about
from training.listing import listed
from training.tasks import go_on_with_fine_tunings

A_PAGE = 20
NUMBERS = ("n_epochs", "batch_size", "learning_rate_multiplier", "beta", "seed")
editors_only = role_required(Role.EDITOR)
admins_only = role_required(Role.ADMIN)  # it costs money, and texts leave the house
PLACE = {"section": "training", "room": "fine-tuning"}


@editors_only
@never_cache
@require_safe
def tuning_list(request: HttpRequest) -> HttpResponse:
    rows = FineTuning.objects.select_related("by")
    found = listed(request, rows, shown.row, a_page=A_PAGE)
    context = {
        **PLACE,
        **found,
        "host": shown.host(),
        "may_begin": editor_of(request).may(Role.ADMIN),
        "has_dataset": bool(found["rows"]) or Dataset.objects.filter(state=Dataset.State.READY).exists(),
    }
    return render(request, "training/fine_tuning/list.html", context)


@admins_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent off, the fine-tuning is begun if what was confirmed is what would be sent."""
    if request.method != "POST":
        return _form(request, TuningForm(initial=_initial(request)))
    form = TuningForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        planned = beginning.plan(form.wish())
        if request.POST.get("confirmed") != seal_of(planned):
            form.add_error(None, _("Confirm below that these texts may be sent: nothing was sent yet."))
            return _form(request, form, status=422)
        row = beginning.begin(planned, by=editor_of(request))
    except CannotBegin as error:
        form.add_error(None, words.CANNOT[error.code])
        return _form(request, form, status=422)
    _ring(request)
    return redirect("training:fine-tuning", row.pk)


def _initial(request: HttpRequest) -> dict[str, object]:
    before = request.GET.get("from", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        row = FineTuning.objects.filter(pk=before).first()
        return initial_of(row) if row else {}
    return {"dataset": request.GET.get("dataset")}


def _form(request: HttpRequest, form: TuningForm, status: int = 200) -> HttpResponse:
    datasets = list(form.fields["dataset"].queryset)  # type: ignore[attr-defined]  # it chooses among rows
    context = {**PLACE, "form": form, "datasets": datasets, "host": shown.host(), **_planned(form)}
    context["numbers"] = [form[name] for name in NUMBERS]
    return render(request, "training/fine_tuning/new.html", context, status=status)


@admins_only
@never_cache
@require_safe
def estimate(request: HttpRequest) -> HttpResponse:
    """The part of the form that says how much would be sent, to whom and what it costs."""
    found = _planned(TuningForm(request.GET))
    found["confirmed"] = request.GET.get("confirmed", "") == found.get("seal")  # it is still the same
    return render(request, "training/fine_tuning/_plan.html", found)


def _planned(form: TuningForm) -> dict[str, object]:
    """Of a form that is filled in far enough."""
    if not form.is_bound:
        form = TuningForm({name: "" if value is None else value for name, value in _first(form).items()})
    if not form.is_valid():
        return {"plan": None, "cannot": ""}
    try:
        found = beginning.plan(form.wish())
    except CannotBegin as error:
        return {"plan": None, "cannot": words.CANNOT[error.code]}
    return {"plan": shown.planned(found), "seal": seal_of(found), "cannot": ""}


def _first(form: TuningForm) -> dict[str, object]:
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


@admins_only
@never_cache
@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """What the host lists, asked for when the form stands already: it may take seconds, or not come."""
    at, offered, trouble = fine_tuning.host(), [], ""
    try:
        offered = fine_tuning.offered(at) if at else []
    except TuningError as error:
        trouble = str(words.REASONS.get(error.code, error.code))
    context = {"offered": offered, "trouble": trouble}
    return render(request, "training/fine_tuning/_models.html", context)


@editors_only
@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """As a whole, or the part of it that changes, which an open page asks for while it goes on."""
    found = get_object_or_404(FineTuning.objects.select_related("by", "dataset", "previous"), pk=pk)
    part = "HX-Request" in request.headers
    if not part:
        see(editor_of(request), about=about(pk))
    context = {
        **PLACE,
        "row": shown.row(found),
        "progress": shown.progress(found),
        "candidate": shown.candidate(found),
        "host": shown.host(),
        "may_begin": editor_of(request).may(Role.ADMIN),
    }
    return render(request, f"training/fine_tuning/{'_live' if part else 'one'}.html", context)


@admins_only
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FineTuning, pk=pk)
    if writing.cancel(found.pk, by=editor_of(request)):
        messages.success(request, _("It is cancelled as soon as the provider says so."))
        _ring(request)
    else:
        messages.warning(request, _("It could not be cancelled: it has ended, or is being cancelled."))
    return redirect("training:fine-tuning", pk)


@admins_only
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever does not want to wait for the next look."""
    found = get_object_or_404(FineTuning, pk=pk)
    if writing.look_now(found.pk):
        _ring(request)
    return redirect("training:fine-tuning", pk)


def _ring(request: HttpRequest) -> None:
    """The broker is a doorbell: without it, it is gone on with within seconds all the same."""
    try:
        go_on_with_fine_tunings.delay()
    except Exception:  # noqa: BLE001  boundary: the broker is another process
        messages.info(request, _("It goes on within a few seconds."))
