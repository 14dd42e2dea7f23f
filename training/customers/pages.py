"""The page of customers' messages: one click says which flow each begins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from flows.models import Flow
from flows.receiving import editor_of
from flows.walked_words import named
from training.customers import deciding
from training.customers.rows import CustomerExample
from training.customers.waiting import waiting

PAGE = 20
MOST_CLOSE = 3
State = CustomerExample.State
SHOWN = {
    "waiting": gettext_lazy("To decide"),
    "approved": gettext_lazy("Learned from"),
    "passed": gettext_lazy("Passed over"),
}
editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWN else "waiting"
    rows = waiting() if show == "waiting" else CustomerExample.objects.filter(state=show)
    page = Paginator(rows.select_related("message", "decided_by"), PAGE).get_page(request.GET.get("page"))
    flows = _flows()
    context = {
        "section": "training",
        "room": "messages",
        "show": show,
        "tabs": SHOWN.items(),
        "page": page,
        "rows": [_row(example, flows) for example in page.object_list],
        "flows": sorted(flows.items(), key=lambda one: one[1].lower()),
    }
    return render(request, "training/messages.html", context)


def _flows() -> dict[str, str]:
    rows = Flow.objects.begun_by_customers().values_list("key", "draft__name")
    return {key: named(names, key) for key, names in rows}


def _row(example: CustomerExample, flows: dict[str, str]) -> dict[str, Any]:
    """`likely`: the flows that are offered as buttons; the first is what the customer chose."""
    keys = dict.fromkeys([example.suggested, *example.close])
    return {
        "example": example,
        "reason": example.get_reason_display(),
        "likely": [(key, flows[key]) for key in keys if key in flows][:MOST_CLOSE],
        "name": flows.get(example.label, example.label) if example.label else _("No flow"),
        "gone": bool(example.label) and example.label not in flows,
    }


@editors_only
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    by, wish = editor_of(request), request.POST.get("wish", "")
    try:
        if wish == "pass":
            done = deciding.pass_over(pk, by=by)
        elif wish == "back":
            done = deciding.put_back(pk, by=by)
        else:
            label = "" if wish == "none" else request.POST.get("flow", "") if wish == "flow" else wish
            done = deciding.approve(pk, label=_key(label, wish), text=_text(request), by=by)
    except deciding.UnknownFlow:
        messages.error(request, _("Choose a flow that customers can begin, or “No flow”."))
    else:
        if done is None:
            raise Http404
        messages.success(request, _said(done))
    show = request.POST.get("show", "")
    return redirect(reverse("training:messages") + (f"?show={show}" if show in SHOWN else ""))


def _key(label: str, wish: str) -> str:
    """Nothing chosen is not "no flow": that has a button of its own."""
    if not label and wish != "none":
        raise deciding.UnknownFlow
    return label.replace("\x00", "")


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\x00", "")


def _said(example: CustomerExample) -> str:
    if example.state == State.APPROVED:
        return _("Approved: it is learned within a minute.")
    return _("Passed over.") if example.state == State.PASSED else _("It waits again.")
