"""The page of the trail, for admins alone, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.audit import exporting, things
from accounts.audit.differences import differences
from accounts.audit.filters import NOBODY, Filters, before, number
from accounts.audit.recording import record
from accounts.audit.rows import AuditEntry
from accounts.audit.words import Action, Via
from accounts.models import Role, User
from accounts.permissions import role_required
from chatbot import row_files

PAGE = 50
OPEN = 3  # changes that are shown without being asked for
admins_only = role_required(Role.ADMIN)


@admins_only
@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    filters, start = Filters.read(request.GET), number(request.GET.get("before", ""))
    found = list(before(filters.chosen(), start)[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "section": "audit",
        "filters": filters,
        "entries": [_entry(entry) for entry in shown],
        "older": filters.query(before=shown[-1].pk) if len(found) > PAGE else "",
        "is_first": not start,
        "query": filters.query(),
        "people": list(User.objects.order_by("username")),
        "nobody": NOBODY,
        "actions": Action.choices,
        "kinds": things.kinds(),
        "forms": list(exporting.FORMS),
    }
    return render(request, "accounts/audit.html", context)


@admins_only
@never_cache
@require_safe
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """All that the filters let through, the newest first, as it is read from the database."""
    if form not in exporting.FORMS:
        raise Http404
    filters = Filters.read(request.GET)
    name = f"trail-{timezone.localdate():%Y-%m-%d}.{form}"
    record(Action.EXPORTED, AuditEntry(), key="-", label=name, after={"filters": filters.query()})
    return row_files.response(exporting.written(filters, form), name=name, form=form)


def _entry(entry: AuditEntry) -> dict[str, Any]:
    changes = differences(entry)
    is_short = len(changes) <= OPEN and not any(change.lines for change in changes)
    return {
        "row": entry,
        "action": Action(entry.action).label if entry.action in Action.values else entry.action,
        "way": Via(entry.via).label if entry.via in Via.values else entry.via,
        "kind": things.kind_in_words(entry.app, entry.kind) if entry.kind else "",
        "name": things.named(entry),
        "thing": f"{entry.app}.{entry.kind}" if entry.kind else "",
        "address": things.address_of(entry),
        "changes": changes,
        "is_short": is_short,
    }
