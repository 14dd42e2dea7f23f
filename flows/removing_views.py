"""Taking a flow out of use: withdrawn, archived or deleted, once somebody has seen what depends on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role
from accounts.permissions import role_required
from flows import publishing
from flows.models import Flow
from flows.publishing import FlowError
from flows.references import references_to
from flows.standing import standing
from flows.walked_words import name_of

editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """What refers to it, and what can be done; each of it is a button. Who came to withdraw it
    (`?do=withdraw`) is shown no other."""
    flow = get_object_or_404(Flow.objects.select_related("published", "trial"), key=key)
    act = {"withdraw": _withdraw, "archive": _archive, "delete": _delete}.get(request.POST.get("do", ""))
    if request.method == "POST" and act is not None:
        try:
            return redirect(act(request, flow))
        except FlowError as error:
            messages.error(request, str(error))
    context = {
        "section": "flows", "flow": flow, "name": name_of(flow), "state": standing(flow),
        "references": references_to(flow),
        "withdraws": request.GET.get("do") == "withdraw" and standing(flow).published,
        "may_delete": bool(flow.archived_at) or not flow.versions.exists(),
    }  # fmt: skip
    return render(request, "flows/remove.html", context)


def _withdraw(request: HttpRequest, flow: Flow) -> str:
    publishing.withdraw(flow.pk)
    said = _("No customer begins this flow any more. Whoever is in the middle of it finishes it.")
    messages.success(request, said)
    return reverse("flows:editor", args=[flow.key])


def _archive(request: HttpRequest, flow: Flow) -> str:
    """The list offers to bring it back."""
    publishing.archive(flow.pk)
    return f"{reverse('flows:list')}?{urlencode({'put_away': flow.key})}"


def _delete(request: HttpRequest, flow: Flow) -> str:
    name = name_of(flow)
    publishing.delete(flow.pk)
    messages.success(request, _("“%(flow)s” is deleted.") % {"flow": name})
    return reverse("flows:list")


@editors_only
@require_POST
def bring_back(request: HttpRequest, key: str) -> HttpResponse:
    flow = get_object_or_404(Flow, key=key)
    publishing.bring_back(flow.pk)
    said = _("“%(flow)s” is back, as a draft. Publish it when customers are to get it.")
    messages.success(request, said % {"flow": name_of(flow)})
    return redirect("flows:editor", flow.key)
