"""The pages of an import: where it is asked for, watched and decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from knowledge import failures, refusals
from knowledge.admin import guarding, import_items
from knowledge.admin.import_form import ImportForm
from knowledge.admin.import_list import Choice, list_context, numbers_of
from knowledge.admin.people import key_of, person
from knowledge.admin.site_form import SiteForm
from knowledge.intake import approving, running, uploads, visits
from knowledge.loaders.base import Refusal
from knowledge.models import ImportItem, ImportRun, Source, Upload
from llm.choosing import chat_model_for

View = Callable[..., HttpResponse]
PAGE = "admin:knowledge_importrun_change"


def urls(model_admin: ModelAdmin[ImportRun]) -> list[URLPattern]:
    """Addresses below the imports' own, for whoever may change articles."""

    guard = partial(guarding.guard, model_admin)

    def post(name: str, view: View) -> URLPattern:
        return path(f"<int:pk>/{name}/", guard(require_POST(view)), name=f"knowledge_importrun_{name}")

    return [
        post("file", take_file),
        post("start", start),
        post("cancel", cancel),
        post("again", try_again),
        path("visit/<int:pk>/", guard(require_POST(visit)), name="knowledge_importrun_visit"),
        path("site/", guard(add_site), name="knowledge_importrun_site"),
        post("decide", decide),
        path("<int:pk>/state/", guard(require_GET(state)), name="knowledge_importrun_state"),
        *import_items.urls(guard),
    ]


def add(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """The form; with JavaScript the files follow one by one, without it they come with the form."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    chosen = Source.objects.filter(pk=key_of(request.GET.get("source", ""))).first()
    form = ImportForm(
        request.POST or None,
        initial={"source": chosen.pk} if chosen else {},
        stored=chosen and chosen.cleaning,
    )
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    status = 400 if request.method == "POST" and _wants_json(request) else 200
    if status == 400:
        return JsonResponse({"errors": form.errors}, status=400)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "form": form,
        "title": _("Bring knowledge in"),
        "writes_questions": chat_model_for("rewrite") is not None,
        "most_bytes": uploads.MAX_TOTAL,
    }
    return render(request, "admin/knowledge/importrun/add.html", context)


def add_site(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """The form for a site, whose first visit begins at once."""
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(PAGE, visits.ask(form.make(), author=person(request)).pk)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "form": form,
        "title": _("Bring knowledge in"),
        "writes_questions": chat_model_for("rewrite") is not None,
    }
    return render(request, "admin/knowledge/importrun/site.html", context)


def visit(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Visit a site again, unless that is under way or waits to be decided."""
    source = get_object_or_404(Source, pk=pk, kind=Source.Kind.WEB)
    run = source.imports.filter(state__in=visits.OPEN).first()
    if run is None:
        run = visits.ask(source, author=person(request))
    elif run.state == ImportRun.State.REVIEW:
        messages.warning(request, _("Decide first what the visit before has brought."))
    return redirect(PAGE, run.pk)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _begin(request: HttpRequest, form: ImportForm) -> HttpResponse:
    files = request.FILES.getlist("files")
    first = request.POST.get("first", "") or (files[0].name if files else "")
    if not first:
        messages.error(request, _("Choose at least one file."))
        return redirect(request.get_full_path())
    source = form.target(first=PurePosixPath(first).stem or first, kind=Source.Kind.IMPORTED)
    what = first if len(files) < 2 else f"{first} +{len(files) - 1}"
    run = running.begin(
        source, origin=ImportRun.Origin.FILES, what=request.POST.get("what") or what, author=person(request)
    )
    if _wants_json(request):
        return JsonResponse(_addresses(run))
    return _take_all(request, run, files)


def _addresses(run: ImportRun) -> dict[str, str]:
    return {
        "file": reverse("admin:knowledge_importrun_file", args=[run.pk]),
        "start": reverse("admin:knowledge_importrun_start", args=[run.pk]),
        "page": reverse(PAGE, args=[run.pk]),
    }


def _take_all(request: HttpRequest, run: ImportRun, files: list[Any]) -> HttpResponse:
    try:
        for file in files:
            uploads.keep(run, file)
    except Refusal as refusal:
        messages.error(request, _sentence(refusal))
        running.cancel(run)
        return redirect("admin:knowledge_importrun_add")
    running.start(run)
    return redirect(PAGE, run.pk)


def _sentence(refusal: Refusal) -> str:
    return f"{capfirst(refusals.in_words(refusal.code, refusal.details))}."


def take_file(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """A piece of a file. The first says its `name`, which may hold folders, and its `size`; the others whose
    they are (`upload`) and `at` which byte they begin. Answered is how far the file has come."""
    run = get_object_or_404(ImportRun, pk=pk, state=ImportRun.State.QUEUED)
    piece = request.FILES.get("file")
    if piece is None or run.jobs.exists():
        return JsonResponse({"error": _("There is no file.")}, status=400)
    try:
        upload = _upload_of(request, run)
    except Refusal as refusal:
        return JsonResponse({"error": _sentence(refusal)}, status=413)
    at = uploads.add(upload, piece, at=key_of(request.POST.get("at", "0")))
    return JsonResponse({"upload": upload.pk, "name": upload.name, "size": upload.size, "at": at})


def _upload_of(request: HttpRequest, run: ImportRun) -> Upload:
    if given := request.POST.get("upload"):
        return get_object_or_404(run.uploads, pk=key_of(given))
    return uploads.begin(run, name=request.POST.get("name", ""), size=key_of(request.POST.get("size", "")))


def start(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state == ImportRun.State.QUEUED and run.uploads.exists():
        if not uploads.is_complete(run):
            return JsonResponse(
                {"error": _("Some files have not come as a whole: send them again.")}, status=400
            )
        running.start(run)
    return JsonResponse(_addresses(run))


def cancel(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    running.cancel(run)
    audit.record(audit.Action.DISCARDED, run, after={"source": str(run.source)})
    return redirect(PAGE, pk)


def try_again(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    if running.try_again(run):
        return redirect(PAGE, pk)
    messages.warning(request, _("Its files are no longer kept. Give them once more."))
    return redirect(f"{reverse('admin:knowledge_importrun_add')}?source={run.source_id}")


def run_page(request: HttpRequest, *, model_admin: Any, key: str) -> HttpResponse:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    run = ImportRun.objects.select_related("source", "asked_by").filter(pk=key_of(key)).first()
    if run is None:
        raise Http404
    context = model_admin.admin_site.each_context(request) | run_context(request, run)
    return render(request, "admin/knowledge/importrun/page.html", context | {"opts": model_admin.opts})


def run_context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    context = {"run": run, "original": run, "title": str(run), "trouble": failures.in_words(run.error)}
    if run.is_under_way:
        return context | {"found": run.items.count()}
    return context | list_context(request, run)


def state(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """How far it is, asked for again and again while it is under way; then the page comes anew. It does not
    after the index alone went on: somebody may be correcting a row."""
    run = get_object_or_404(ImportRun.objects.select_related("source"), pk=pk)
    context = run_context(request, run)
    answer = render(request, "admin/knowledge/importrun/state.html", context)
    if not (run.is_under_way or context.get("publishing") or "indexing" in request.GET):
        answer["HX-Refresh"] = "true"
    return answer


def decide(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """Publish, keep as drafts or discard the rows that are ticked, or all that the list shows."""
    run = get_object_or_404(ImportRun, pk=pk, state=ImportRun.State.REVIEW)
    choice = Choice.of(request.GET, numbers_of(run))
    rows = choice.rows(run) if request.POST.get("all") else run.items.filter(pk__in=_ticked(request))
    wish = request.POST.get("decision", "")
    decision = DECISIONS.get(wish)
    held_back = _held_back(request, run, rows) if wish == "publish" else ""
    number = decision(run, rows, author=person(request)) if decision else 0
    text = ngettext("Done for %(n)d document.", "Done for %(n)d documents.", number) % {"n": number}
    if number:
        messages.success(request, text)
    if held_back:
        messages.warning(request, held_back)
    elif not number:
        messages.warning(request, _("Nothing was chosen."))
    return redirect(f"{reverse(PAGE, args=[pk])}?{choice.query}")


def _held_back(request: HttpRequest, run: ImportRun, rows: Any) -> str:
    """That somebody else has to publish what this person has brought or corrected; nothing where they may."""
    waiting = rows.filter(run=run, decision=ImportItem.Decision.WAITING)
    number = waiting.count() - approving.let_in_by(person(request), run, waiting).count()
    text = ngettext(
        "%(n)d document needs somebody else’s approval: you have brought or corrected it. Whoever else "
        "publishes it here approves it.",
        "%(n)d documents need somebody else’s approval: you have brought or corrected them. Whoever else "
        "publishes them here approves them.",
        number,
    )
    return text % {"n": number} if number else ""


def _ticked(request: HttpRequest) -> list[int]:
    return [key for key in map(key_of, request.POST.getlist("row")) if key]


def _discard(run: ImportRun, rows: Any, *, author: Any) -> int:
    return approving.discard(run, rows)


DECISIONS: dict[str, Callable[..., int]] = {
    "publish": approving.approve,
    "draft": approving.keep_as_drafts,
    "discard": _discard,
}
