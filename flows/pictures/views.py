"""Pictures of cards over HTTP: editors upload one, and whoever has the address sees it, as customers do."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from flows.pictures.rows import CardPicture, address_of
from flows.pictures.taking_in import PictureRefused, take_in
from flows.receiving import editor_of
from untrusted.receiving import Stream

YEAR = 365 * 86_400  # what stands at an address never changes
# A picture that is opened by itself may do nothing at all.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@role_required(Role.EDITOR)
@never_cache
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """The body is the picture. 201: its id, which a card names, and where it is shown."""
    try:
        picture = take_in(cast(Stream, request), author=editor_of(request))
    except PictureRefused as refused:
        return JsonResponse({"error": str(refused.words)}, status=refused.status)
    name = str(picture.pk)
    told = {"id": name, "url": address_of(name), "width": picture.width, "height": picture.height}
    return JsonResponse(told, status=201)


@cache_control(public=True, max_age=YEAR, immutable=True)
@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    picture = get_object_or_404(CardPicture, pk=pk)
    headers = {
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(bytes(picture.data), content_type=picture.media_type, headers=headers)
