"""The customer's page, and the session that opens its socket."""

from __future__ import annotations

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.models import Assistant
from chatbot.mailing import can_send
from conversations import limits
from conversations.attachments.rules import rules_of
from conversations.beginning import conversation_for, customer_for
from conversations.introducing.shown import introduction_view
from conversations.protocol import json_schema
from conversations.routing import CHAT_PATH
from conversations.tokens import customer_of, make_token, remember_customer
from conversations.wording import problem_words


@never_cache
@require_safe
@ensure_csrf_cookie
def chat(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The chat page of one assistant, or of the default one."""
    assistant = _assistant(slug)
    welcome = assistant.welcome_in(_language())
    context = {
        "assistant": assistant, "welcome": welcome, "mail": can_send(), "files": rules_of(assistant),
        "asks_first": assistant.introduction.exists(),
    }  # fmt: skip
    return render(request, "chat/page.html", context)


class SessionRequest(BaseModel):
    model_config = ConfigDict(extra="ignore")

    assistant: str = ""
    new: bool = False


@never_cache
@require_POST
def session(request: HttpRequest) -> HttpResponse:
    """`{"assistant": slug, "new": false}` → `{"token", "path", "conversation"}` for the WebSocket, where the
    conversation's `transcript` is, what is asked before the chat (`introduction`, null for nothing; see
    introducing/shown.py), and what is known of the `customer`, who need not write it again."""
    if not limits.allows_session(request.META.get("REMOTE_ADDR", "")):
        return _too_many()
    try:
        wanted = SessionRequest.model_validate(orjson.loads(request.body or b"{}"))
    except (ValidationError, ValueError):
        return HttpResponseBadRequest()
    assistant = _assistant(wanted.assistant)
    language = _language()
    customer = customer_for(customer_of(request), language=language)
    conversation = conversation_for(customer=customer, assistant=assistant, new=wanted.new)
    token = make_token(conversation=conversation.pk, customer=customer.pk, language=language)
    opened = {"token": token, "path": f"/{CHAT_PATH}", "conversation": str(conversation.pk)}
    transcript = reverse("conversations:transcript", args=[conversation.pk])
    asked = introduction_view(conversation, language)
    known = {"name": customer.name, "email": customer.email}
    response = JsonResponse({**opened, "transcript": transcript, "introduction": asked, "customer": known})
    remember_customer(response, customer.pk)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def protocol_schema(request: HttpRequest) -> HttpResponse:
    """What may be said over the socket, and what is answered, for whoever writes another client."""
    return JsonResponse(json_schema())


def _too_many() -> HttpResponse:
    """The page comes back by itself, each time a little later."""
    said = {"code": "too_fast", "text": problem_words("too_fast")}
    return JsonResponse(said, status=429, headers={"Retry-After": str(limits.WINDOW_SECONDS)})


def _assistant(slug: str) -> Assistant:
    """The active assistant of that name; without one the default, else the first."""
    active = Assistant.objects.filter(active=True)
    if slug:
        return get_object_or_404(active, slug=slug)
    assistant = active.order_by("-is_default", "pk").first()
    if assistant is None:
        raise Http404
    return assistant


def _language() -> str:
    return get_language() or "en"
