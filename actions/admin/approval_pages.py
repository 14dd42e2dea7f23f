"""Calls that wait for staff: a page of them, and the two buttons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actions import approvals, calls, kinds
from actions.admin.access import guard, person
from actions.admin.names import action_of, given_in_words
from actions.declared import Declared
from actions.errors import ActionError, in_words
from actions.models import Call

PAGE = "admin:actions_call_approvals"
PER_PAGE = 20
LATELY = 8
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """What would be done, with all that was given: who decides has to know it."""

    call: Call
    declared: Declared | None
    given: dict[str, Any]

    @property
    def title(self) -> str:
        return action_of(self.call)

    @property
    def in_words(self) -> list[tuple[str, str, Any]]:
        return given_in_words(self.given, self.declared.labels if self.declared else {})

    @property
    def conversation(self) -> str:
        return conversation_of(self.call)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one, and whether the conversation knows it."""

    call: Call

    @property
    def title(self) -> str:
        return action_of(self.call)

    @property
    def conversation(self) -> str:
        return conversation_of(self.call)


def conversation_of(call: Call) -> str:
    """The address of its page; nothing when there is none."""
    try:
        return reverse("conversations:conversation", args=[call.conversation])
    except NoReverseMatch:
        return ""


def urls(model_admin: Any) -> list[URLPattern]:
    guarded = partial(guard, model_admin, admins=False)
    return [
        path("approvals/", guarded(require_GET(listed)), name="actions_call_approvals"),
        path("<int:pk>/decide/", guarded(require_POST(decide)), name="actions_call_decide"),
    ]


def waiting(_request: HttpRequest) -> QuerySet[Call]:
    """For the menu."""
    return approvals.waiting()


def listed(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    page = Paginator(approvals.waiting(), PER_PAGE).get_page(request.GET.get("page"))
    known = {declared.name: declared for declared in kinds.whole()}
    rows = [Waiting(call, known.get(call.action), calls.given_of(call) or call.given) for call in page]
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts, "title": _("Actions to approve"), "page": page, "rows": rows,
        "decided": [Decided(call) for call in approvals.decided_lately()[:LATELY]],
    }  # fmt: skip
    return render(request, "admin/actions/call/approvals.html", context)


def decide(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    call = get_object_or_404(Call, pk=pk)
    wish = request.POST.get("decision", "")
    if wish == "approve":
        _approve(request, call)
    elif wish == "decline":
        _decline(request, call)
    return redirect(PAGE)


def _approve(request: HttpRequest, call: Call) -> None:
    try:
        done = approvals.approve(call, by=person(request))
    except ActionError as error:
        messages.error(request, _("Not done: %(why)s.") % {"why": in_words(error.code, error.detail)})
        return
    if done is None:
        _too_late(request)
    elif done.ok:
        messages.success(request, _("Approved, and done. The conversation is told."))
    else:
        call.refresh_from_db()
        why = in_words(call.error, call.detail)
        messages.error(request, _("Approved, but it failed: %(why)s.") % {"why": why})


def _decline(request: HttpRequest, call: Call) -> None:
    reason = " ".join(request.POST.get("reason", "").replace("\x00", "").split())[:LONGEST_REASON]
    if not reason:
        messages.error(request, _("Say why: the conversation is told."))
    elif approvals.decline(call, by=person(request), reason=reason):
        messages.success(request, _("Declined. The conversation is told."))
    else:
        _too_late(request)


def _too_late(request: HttpRequest) -> None:
    messages.warning(request, _("Somebody else has decided about it already."))
