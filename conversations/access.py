"""The one door to a conversation: nothing asks for one around it. What may not be seen is not there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db.models import Exists
from django.http import Http404, HttpRequest

from accounts.models import Role, User
from accounts.permissions import holding
from conversations.models import Conversation, ConversationQuerySet
from conversations.tokens import customer_of, opened_in


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer, known by a signed cookie or a connect token."""

    customer: UUID


Actor = Visitor | User


def visitor_of(request: HttpRequest, conversation: UUID) -> Visitor | None:
    """Who a browser is to this conversation: by its cookie, or by the link of a mail that opened it there."""
    customer = customer_of(request)
    if opened_in(request) == conversation:
        customer = Conversation.objects.filter(pk=conversation).values_list("customer", flat=True).first()
    return Visitor(customer) if customer else None


def agent_of(session_key: str | None) -> User | None:
    """Whoever is signed in with this session now, if they may talk with customers."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user if isinstance(user, User) and user.may(Role.AGENT) else None


def get_conversation_for(actor: Actor | object, conversation_id: UUID) -> Conversation:
    """The conversation, if this actor may see it; otherwise Http404, whether or not it exists."""
    conversation = conversations_for(actor).filter(pk=conversation_id).first()
    if conversation is None:
        raise Http404
    return conversation


def conversations_for(actor: Actor | object) -> ConversationQuerySet:
    """All that this actor may see."""
    return _visible_to(actor).select_related("customer", "assistant", "assignee")


def may_see(actor: Actor | object, conversation_id: UUID) -> bool:
    return _visible_to(actor).filter(pk=conversation_id).exists()


def _visible_to(actor: Actor | object) -> ConversationQuerySet:
    if isinstance(actor, Visitor):
        return Conversation.objects.filter(customer=actor.customer)
    if isinstance(actor, User) and actor.pk:
        # Asked with each statement: a role may have been taken away meanwhile.
        present = User.objects.filter(holding(Role.AGENT), pk=actor.pk)
        return Conversation.objects.filter(Exists(present))
    return Conversation.objects.none()
