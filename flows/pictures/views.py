"""Pictures of cards over HTTP: editors upload one, and whoever has the address sees it, as customers do."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from flows.models import Flow
from flows.pictures.rows import CardPicture, address_of
from flows.pictures.taking_in import PictureRefused, Stream, take_in
from flows.receiving import Refused, answering, editor_of

YEAR = 365 * 86_400  # what stands at an address never changes
# A picture that is opened by itself may do nothing at all.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@answering("POST")
def upload(request: HttpRequest, flow: Flow) -> HttpResponse:
    """The body is the picture. 201: its id, which a card names, and where it is shown."""
    try:
        picture = take_in(cast(Stream, request), author=editor_of(request))
    except PictureRefused as refused:
        raise Refused(str(refused.words), status=refused.status) from refused
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
