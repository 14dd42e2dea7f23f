"""The customer's page, the session that opens its socket, and the link of a mail that leads there."""

from __future__ import annotations

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.models import Assistant
from assistant.releases.as_served import as_served
from chatbot.mailing import can_send
from conversations import limits
from conversations.attachments.rules import rules_of
from conversations.beginning import conversation_for, customer_for, latest_conversation
from conversations.introducing.shown import introduction_view
from conversations.models import Conversation
from conversations.protocol import json_schema
from conversations.routing import CHAT_PATH
from conversations.tokens import (
    LINK_DAYS,
    OPENED,
    customer_of,
    forget_link,
    make_token,
    opened_in,
    read_link,
    remember_customer,
    remember_link,
)
from conversations.wording import problem_words


@never_cache
@require_safe
@ensure_csrf_cookie
def chat(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The chat page of one assistant, or of the default one, as its conversation gets it. Who is here for the
    first time has none yet, and sees what most customers get."""
    assistant = _assistant(slug)
    assistant = as_served(assistant, _known_conversation(request, assistant))
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
    conversation = None if wanted.new else _opened_by_link(request, assistant)
    if conversation is not None:
        return _opened(conversation)
    customer = customer_for(customer_of(request), language=_language())
    response = _opened(conversation_for(customer=customer, assistant=assistant, new=wanted.new))
    remember_customer(response, customer.pk)
    if wanted.new and OPENED in request.COOKIES:
        forget_link(response)
    return response


def _opened_by_link(request: HttpRequest, assistant: Assistant) -> Conversation | None:
    """What a link has opened in this browser goes before its own, until somebody begins a new one."""
    opened = opened_in(request)
    return Conversation.objects.filter(pk=opened, assistant=assistant).first() if opened else None


def _known_conversation(request: HttpRequest, assistant: Assistant) -> str:
    """That this page will open, by its number."""
    opened = _opened_by_link(request, assistant)
    customer = customer_of(request)
    found = opened or (latest_conversation(customer, assistant) if customer else None)
    return str(found.pk) if found else ""


def _opened(conversation: Conversation) -> JsonResponse:
    language, customer = _language(), conversation.customer
    return JsonResponse(
        {
            "token": make_token(conversation=conversation.pk, customer=customer.pk, language=language),
            "path": f"/{CHAT_PATH}",
            "conversation": str(conversation.pk),
            "transcript": reverse("conversations:transcript", args=[conversation.pk]),
            "introduction": introduction_view(conversation, language),
            "customer": {"name": customer.name, "email": customer.email},
        }
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Of a mail: opens one conversation in this browser, at the press of a button."""
    said = read_link(token)
    if said is None:
        raise Http404
    active = Conversation.objects.filter(assistant__active=True).select_related("assistant")
    conversation = active.filter(pk=said.conversation).first()
    if said.expired or conversation is None:
        context = {"days": LINK_DAYS, "conversation": conversation}
        return render(request, "chat/link_is_over.html", context, status=410)
    if request.method == "POST":
        response = redirect("conversations:chat", conversation.assistant.slug)
        remember_link(response, token)
        return response
    assistant = as_served(conversation.assistant, str(conversation.pk))
    return render(request, "chat/link.html", {"assistant": assistant, "days": LINK_DAYS})


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
