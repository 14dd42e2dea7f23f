"""The pages of suites: brought in as files, handed out as files, named, deleted."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox.showing import staff
from evaluation.models import Scenario, Suite
from evaluation.suites import keeping
from evaluation.suites.files import LARGEST, Unreadable, read_file
from evaluation.suites.keeping import Taken
from evaluation.suites.yaml_form import SuiteFile, to_yaml

editors_only = role_required(Role.EDITOR)
MOST_FILES = 20


class SuiteForm(forms.ModelForm):
    class Meta:
        model = Suite
        fields = ["name", "about"]


@editors_only
@never_cache
@require_safe
def suite_list(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, problems: list[str] | None = None) -> HttpResponse:
    of_mine = {
        "scripts": Count("scenarios"),
        "met": Count("scenarios", filter=Q(scenarios__passed=True)),
        "missed": Count("scenarios", filter=Q(scenarios__passed=False)),
    }
    context = {
        "section": "evaluation",
        "place": "suites",
        "suites": Suite.objects.annotate(**of_mine).order_by("name"),
        "alone": Scenario.objects.filter(suite=None).count(),
        "problems": problems or [],
    }
    return render(request, "evaluation/suites/list.html", context, status=422 if problems else 200)


@editors_only
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Files of scenarios. What one of them has wrong is said, and the others are taken in all the same."""
    files, problems, taken = request.FILES.getlist("files"), [], Taken()
    if not files:
        problems.append(_("Choose a file first."))
    for file in files[:MOST_FILES]:
        try:
            suite, came = keeping.take_in(_read(file), author=staff(request))
            taken += came
            facts = {"new": came.new, "changed": came.changed}
            audit.record(audit.Action.ADDED, suite, by=staff(request), label=str(suite or file), after=facts)
        except Unreadable as error:
            problems.append(str(error))
    if len(files) > MOST_FILES:
        problems.append(_("Only the first %(most)d files were read.") % {"most": MOST_FILES})
    if taken != Taken():
        told = _("%(new)d new, %(changed)d changed, %(same)d as before.")
        messages.success(request, told % {"new": taken.new, "changed": taken.changed, "same": taken.same})
    return _list(request, problems) if problems else redirect("runs:suites")


def _read(file: UploadedFile) -> SuiteFile:
    name = str(file.name or "")
    if (file.size or 0) > LARGEST:
        raise Unreadable(_("%(file)s is too large for a suite: divide it.") % {"file": name})
    with tempfile.TemporaryDirectory(prefix="suite-") as folder:
        path = Path(folder) / ("suite" + Path(name).suffix.lower()[:10])
        path.write_bytes(file.read())
        return read_file(path, name)


@editors_only
@never_cache
@require_safe
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    suite = get_object_or_404(Suite, pk=pk)
    if not suite.scenarios.exists():
        messages.info(request, _("This suite has no scenario."))
        return redirect("runs:suites")
    text = to_yaml(keeping.file_of(suite))
    name = slugify(suite.name) or "suite"
    return HttpResponse(
        text, content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
    )  # fmt: skip


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    suite = get_object_or_404(Suite, pk=pk)
    form = SuiteForm(request.POST if request.method == "POST" else None, instance=suite)
    if request.method == "POST" and form.is_valid():
        keeping.rename(suite, form.cleaned_data["name"], form.cleaned_data["about"])
        audit.record(audit.Action.CHANGED, suite, by=staff(request))
        return redirect("runs:suites")
    context = {
        "section": "evaluation",
        "place": "suites",
        "suite": get_object_or_404(Suite, pk=pk),
        "form": form,
        "scenarios": suite.scenarios.order_by("name", "pk"),
    }
    return render(request, "evaluation/suites/suite.html", context, status=422 if form.errors else 200)


@editors_only
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """With its scenarios, unless these are to be kept."""
    suite = get_object_or_404(Suite, pk=pk)
    name, gone = suite.name, keeping.delete(suite, scenarios=request.POST.get("scenarios") == "too")
    audit.record(audit.Action.DELETED, by=staff(request), label=name, after={"scenarios": gone})
    told = ngettext(
        "“%(name)s” is deleted, with %(count)d scenario.",
        "“%(name)s” is deleted, with %(count)d scenarios.",
        gone,
    )
    messages.success(request, told % {"name": name, "count": gone})
    return redirect("runs:suites")
