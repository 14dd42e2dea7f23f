"""Files over HTTP: a customer uploads one and sees one's own, staff see those of a conversation.

An upload names its conversation by the connect token, as the socket does: it works where no cookie is sent,
and no page elsewhere can make a browser do it. Nothing is ever shown as a page: only pictures that we have
drawn ourselves are shown at all, everything else is downloaded.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import unquote
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations import limits
from conversations.access import Visitor, get_conversation_for, visitor_of
from conversations.attachments.rows import Attachment
from conversations.attachments.rules import Rules, refusal_words, rules_of
from conversations.attachments.taking_in import discard, take_in
from conversations.models import Conversation
from conversations.refusals import Refused
from conversations.tokens import Grant, read_token
from untrusted.receiving import Stream

SCHEME = "Bearer "
LONGEST_NAME = 1000  # as it comes; what is kept is shorter
WAITS = {"too_fast": limits.UPLOAD_WINDOW_SECONDS, "busy": 20}
NO_RULES = Rules(pictures=False, documents=False, megabytes=0, at_once=0)
# A file that is opened by itself may do nothing at all.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@csrf_exempt
@never_cache
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """The body is the file; `Authorization: Bearer <connect token>`, `X-File-Name` (percent-encoded) and
    `X-Client-Id` say where it belongs. 201: what `message` may name in `files`."""
    rules = NO_RULES
    try:
        conversation = _conversation(_grant(request))
        rules = rules_of(conversation.assistant)
        if rules and _length(request) > rules.most:
            raise Refused("too_large")
        attachment = take_in(
            conversation=conversation,
            rules=rules,
            name=unquote(request.headers.get("X-File-Name", "")[:LONGEST_NAME]),
            client_id=_client_id(request),
            stream=cast(Stream, request),
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except Refused as refused:
        return _refuse(refused.code, rules)
    return JsonResponse(_told(attachment), status=201)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "DELETE"])
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET: the customer's own file, to download. DELETE, with the token: forget one that was not sent."""
    if request.method != "DELETE":
        return _download(_own(request, pk))
    try:
        grant = _grant(request)
        attachment = _attachment(pk)
        if attachment.conversation_id != grant.conversation:
            raise Refused("gone")
        discard(attachment)
    except Refused as refused:
        return _refuse(refused.code, NO_RULES)
    return HttpResponse(status=204)


@cache_control(private=True, max_age=86_400)
@require_safe
def thumbnail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _picture(_own(request, pk))


@role_required(Role.AGENT)
@never_cache
@require_safe
def staff_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _download(_sent(request, pk))


@role_required(Role.AGENT)
@cache_control(private=True, max_age=86_400)
@require_safe
def staff_thumbnail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _picture(_sent(request, pk))


# --- whose it is


def _grant(request: HttpRequest) -> Grant:
    """What the token allows. Raises Refused "expired": the page asks for another one and tries again."""
    said = request.headers.get("Authorization", "")
    grant = read_token(said.removeprefix(SCHEME)) if said.startswith(SCHEME) else None
    if grant is None or grant.expired:
        raise Refused("expired")
    return grant


def _conversation(grant: Grant) -> Conversation:
    try:
        return get_conversation_for(Visitor(grant.customer), grant.conversation)
    except Http404:
        raise Refused("gone") from None


def _visitor(request: HttpRequest, conversation: UUID) -> Visitor | None:
    """By the token where there is one, else by the cookie: pictures in a page are asked for without one."""
    if "Authorization" in request.headers:
        try:
            return Visitor(_grant(request).customer)
        except Refused:
            return None
    return visitor_of(request, conversation)


def _attachment(pk: UUID) -> Attachment:
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    return attachment


def _own(request: HttpRequest, pk: UUID) -> Attachment:
    attachment = _attachment(pk)
    seen_by = _visitor(request, attachment.conversation_id)
    get_conversation_for(seen_by, attachment.conversation_id)
    return attachment


def _sent(request: HttpRequest, pk: UUID) -> Attachment:
    """What the customer has not sent is not for staff."""
    attachment = _attachment(pk)
    if attachment.message_id is None:
        raise Http404
    get_conversation_for(request.user, attachment.conversation_id)
    return attachment


def _length(request: HttpRequest) -> int:
    """As it is said, which need not be true: it is counted again."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _client_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get("X-Client-Id", ""))
    except ValueError:
        raise Refused("invalid") from None


# --- what is answered


def _told(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "kind": attachment.kind,
        "size": attachment.size,
        "url": reverse("conversations:file", args=[attachment.pk]),
    }


def _download(attachment: Attachment) -> HttpResponse:
    told = content_disposition_header(as_attachment=True, filename=attachment.name)
    answer = _bytes(attachment.file, attachment.media_type)
    answer["Content-Disposition"] = told or "attachment"
    return answer


def _picture(attachment: Attachment) -> HttpResponse:
    if not attachment.thumbnail:
        raise Http404
    is_png = str(attachment.thumbnail.name).endswith(".png")
    return _bytes(attachment.thumbnail, "image/png" if is_png else "image/jpeg")


def _bytes(kept: FieldFile, media_type: str) -> HttpResponse:
    """Small enough to be read at once. What is gone from the disk is gone."""
    try:
        with kept.open("rb") as file:
            answer = HttpResponse(file.read(), content_type=media_type)
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _refuse(code: str, rules: Rules) -> HttpResponse:
    status, words = refusal_words(code, rules)
    headers = {"Retry-After": str(WAITS[code])} if code in WAITS else {}
    return JsonResponse({"code": code, "text": words}, status=status, headers=headers)
