"""The transcript of one's own conversation: read as a file, asked for by e-mail."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from conversations import limits
from conversations.access import get_conversation_for, visitor_of
from conversations.models import Conversation
from conversations.refusals import Refused
from conversations.transcripts.asking import ask_for_mail
from conversations.transcripts.content import transcript_of
from conversations.transcripts.writing import as_text

WAITS = {"wait": limits.WINDOW_SECONDS, "too_fast": limits.TRANSCRIPT_WINDOW_SECONDS}
# Code → status, and what to do.
REFUSALS: dict[str, tuple[int, Promise]] = {
    "invalid": (400, _("This could not be understood. Load the page again if it happens once more.")),
    "bad_address": (400, _("We cannot send mail to this address. Please check it.")),
    "not_allowed": (403, _("No mail can be sent from here. You can download the transcript instead.")),
    "not_found": (404, _("Nothing has been said in this conversation yet.")),
    "wait": (429, _("That was a lot at once. Please wait a minute.")),
    "too_fast": (
        429,
        _("That was asked for several times. Try again in an hour, or download the transcript."),
    ),
}


class MailRequest(BaseModel):
    model_config = ConfigDict(extra="ignore")

    email: str
    client_id: UUID
    time_zone: str = Field("", max_length=64)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def transcript(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET: a text file. POST `{"email", "client_id", "time_zone"}`: a mail. Both of the customer's own."""
    conversation = get_conversation_for(visitor_of(request, pk), pk)
    try:
        return _ask(request, conversation) if request.method == "POST" else _file(request, conversation)
    except Refused as refused:
        return _refuse(refused.code)


def _file(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    if conversation.last_message_at is None:
        raise Refused("not_found")
    if not limits.allows_file(str(conversation.customer_id)):
        raise Refused("wait", permanent=False)
    text = as_text(transcript_of(conversation, time_zone=request.GET.get("time_zone", "")))
    name = f"{conversation.assistant.slug}-{timezone.localdate():%Y-%m-%d}.txt"
    told = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": told} if told else {}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _ask(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    try:
        wanted = MailRequest.model_validate(orjson.loads(request.body))
    except (ValidationError, ValueError):
        raise Refused("invalid") from None
    mail = ask_for_mail(
        conversation=conversation,
        **wanted.model_dump(),
        address=request.META.get("REMOTE_ADDR", ""),
    )
    said = gettext(
        "We are sending the transcript to %(email)s now. It can take a few minutes; if it does not come, "
        "look among unwanted mail."
    )
    return JsonResponse({"text": said % {"email": wanted.email.strip()}, "id": str(mail.pk)}, status=202)


def _refuse(code: str) -> HttpResponse:
    status, words = REFUSALS[code]
    headers = {"Retry-After": str(WAITS[code])} if code in WAITS else {}
    return JsonResponse({"code": code, "text": str(words)}, status=status, headers=headers)
