"""The page of jobs: what is under way, whether anybody does it, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from background import canary, listing
from background.filters import Filters
from background.showing import row, said_of, tabs
from chatbot import jobs
from chatbot.jobs import Kind

editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """As a whole, or the part of it that changes, which an open page asks for every few seconds."""
    filters = Filters.read(request.GET)
    found, after = listing.newest(filters)
    counts = listing.counted(filters)
    context = {
        "section": "jobs",
        "filters": filters,
        "tabs": tabs(filters, counts),
        "rows": [row(job, request.user) for job in found],
        "older": filters.query(after=after) if after else "",
        "kinds": sorted(((kind.key, str(kind.title)) for kind in jobs.known()), key=lambda one: one[1]),
        "said": said_of(canary.verdict()),
        "here": filters.here(),
        "every_kind": filters.query(kind=""),
        "ended": filters.query(state="ended"),
    }
    part = "HX-Request" in request.headers
    return render(request, "background/_live.html" if part else "background/jobs.html", context)


@editors_only
@require_POST
def act(request: HttpRequest, kind: str, key: str, what: str) -> HttpResponse:
    """Try again, or cancel; the page that comes then says what came of it."""
    of = jobs.find(kind)
    if of is None or what not in ACTS:
        raise Http404
    if of.permission and not request.user.has_perm(of.permission):
        return HttpResponse(_("You may not do this."), status=403)
    ACTS[what](request, of, key)
    filters = Filters.read(request.POST)
    return redirect(f"{reverse('background:jobs')}?{filters.here()}")


@transaction.atomic
def _retry(request: HttpRequest, kind: Kind, key: str) -> None:
    done = _done(kind, key, kind.retry, audit.Action.RETRIED)
    if done:
        messages.success(request, _("It is tried again as soon as a worker is free."))
    else:
        messages.warning(
            request, _("It could not be tried again: it has gone on meanwhile, or nothing is left of it.")
        )


@transaction.atomic
def _cancel(request: HttpRequest, kind: Kind, key: str) -> None:
    done = _done(kind, key, kind.cancel, audit.Action.STOPPED)
    if done:
        messages.success(request, _("It is cancelled."))
    else:
        messages.warning(
            request, _("It could not be cancelled: it has ended meanwhile, or is being done right now.")
        )


def _done(kind: Kind, key: str, way: jobs.Act | None, action: audit.Action) -> bool:
    thing, job = kind.find(key), listing.one(kind, key)
    if way is None or thing is None or job is None or not way(str(thing.pk)):
        return False
    label = " · ".join(filter(None, [kind.titled(job.sort), job.what]))
    audit.record(action, thing, label=label[:200], before={"state": job.state, "error": job.error})
    return True


ACTS: dict[str, Any] = {"retry": _retry, "cancel": _cancel}
