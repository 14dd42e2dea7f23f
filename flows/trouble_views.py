"""The page of everyday troubles: what deals with each, in plain words, and the way to the editor."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from flows import troubles
from flows.receiving import editor_of

editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_safe
def trouble_list(request: HttpRequest) -> HttpResponse:
    context = {"section": "flows", "room": "troubles", "troubles": troubles.troubles()}
    return render(request, "flows/troubles.html", context)


@editors_only
@require_POST
def open_trouble(request: HttpRequest, name: str) -> HttpResponse:
    """In the editor, as any other flow."""
    flow = troubles.opened(_known(name), author=editor_of(request))
    return redirect("flows:editor", flow.key)


@editors_only
@require_POST
def put_back(request: HttpRequest, name: str) -> HttpResponse:
    troubles.put_back(_known(name), author=editor_of(request))
    said = _("Customers get the delivered flow again. Yours is kept: the history of the flow brings it back.")
    messages.success(request, said)
    return redirect("flows:troubles")


def _known(name: str) -> str:
    if name not in troubles.WHEN:
        raise Http404
    return name
