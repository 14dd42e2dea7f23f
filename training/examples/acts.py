"""What is done with datasets on their pages, and the files that are taken along."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox.showing import staff
from training.examples import keeping, making, packing, router_files, shown
from training.examples.keeping import CannotError
from training.examples.ringing import ring
from training.examples.rows import Dataset, Example

editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Only of what is ready: what is refused is no file that could be learned from."""
    dataset = get_object_or_404(Dataset.objects.select_related("by", "assistant"), pk=pk)
    if name not in packing.FILES or dataset.state != Dataset.State.READY:
        raise Http404
    make, kind = packing.FILES[name]
    content = make(dataset)
    audit.record(audit.Action.EXPORTED, dataset, after={"file": name, "signature": dataset.signature})
    return _download(content, kind, packing.name_of(dataset, name))


@editors_only
@never_cache
@require_safe
def router_file(request: HttpRequest, name: str) -> HttpResponse:
    found = router_files.file_of(name)
    if found is None:
        raise Http404
    audit.record(audit.Action.EXPORTED, Example(), key="-", label=name)
    return _download(*found, name)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@editors_only
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Dataset.objects.only("pk"), pk=pk)
    if not making.cancel(pk):
        messages.info(request, _("It was over already."))
    return redirect("training:dataset", pk)


@editors_only
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Dataset.objects.only("pk"), pk=pk)
    if making.again(pk, by=staff(request)):
        ring(request)
    else:
        messages.info(request, _("It cannot be made again: make a new one."))
    return redirect("training:dataset", pk)


@editors_only
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Dataset.objects.only("pk"), pk=pk)
    try:
        found = keeping.copy(pk, by=staff(request))
    except CannotError as error:
        messages.error(request, str(error))
        return redirect("training:dataset", pk)
    messages.success(request, _("This is the copy. What you set aside here changes nothing in the other."))
    return redirect("training:dataset", found.pk)


@editors_only
@require_POST
def count_anew(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Dataset.objects.only("pk"), pk=pk)
    try:
        keeping.count_anew(pk, by=staff(request))
    except CannotError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Counted anew."))
    return redirect("training:dataset", pk)


@editors_only
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    dataset = get_object_or_404(Dataset, pk=pk)
    if dataset.is_open:
        making.cancel(pk)
    try:
        keeping.delete(dataset, by=staff(request))
    except CannotError as error:
        messages.error(request, str(error))
        return redirect("training:dataset", pk)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": dataset.name})
    return redirect("training:datasets")


@editors_only
@require_POST
def set_aside(request: HttpRequest, pk: int, example: int) -> HttpResponse:
    said = _("It is set aside: no file has it any more.")
    return _moved(request, pk, example, keeping.set_aside, said)


@editors_only
@require_POST
def take_back(request: HttpRequest, pk: int, example: int) -> HttpResponse:
    return _moved(request, pk, example, keeping.take_back, _("It is in the dataset again."))


def _moved(request: HttpRequest, pk: int, example: int, act: Callable[..., bool], said: str) -> HttpResponse:
    """Back to where somebody was."""
    get_object_or_404(Example.objects.only("pk"), pk=example, dataset=pk)
    try:
        done = act(pk, example, by=staff(request))
    except CannotError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said) if done else messages.info(request, _("That was done already."))
    query = shown.Filters.read(request.POST).query
    page = request.POST.get("page", "")
    query += f"&page={page}" if page.isascii() and page.isdecimal() else ""
    return redirect(reverse("training:dataset-examples", args=[pk]) + f"?{query}")
