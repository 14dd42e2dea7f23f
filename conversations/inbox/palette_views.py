"""The command palette of the staff's pages: what it finds, as a part of a page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox import palette
from conversations.inbox.showing import staff

LONGEST = 200


@role_required(Role.AGENT)
@never_cache
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    inside = _conversation(request.GET.get("inside", ""))
    groups = palette.look(staff(request), text, language=get_language() or "", inside=inside)
    return render(request, "conversations/inbox/_palette_found.html", {"groups": groups, "text": text})


def _conversation(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
