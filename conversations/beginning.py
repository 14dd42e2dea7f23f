"""How a customer and a conversation begin: only when a browser asks for them, never when a page is read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from assistant.models import Assistant
from conversations.models import Conversation, Customer


def customer_for(known: UUID | None, *, language: str) -> Customer:
    """The customer whom the browser remembers, or a new one."""
    customer = Customer.objects.filter(pk=known).first() if known else None
    if customer is None:
        return Customer.objects.create(language=language)
    customer.language, customer.last_seen_at = language, timezone.now()
    customer.save(update_fields=["language", "last_seen_at"])
    return customer


def conversation_for(*, customer: Customer, assistant: Assistant, new: bool = False) -> Conversation:
    """The customer's latest conversation with this assistant, or a new one. One that is still empty is used
    again, so that reloading a page leaves nothing behind."""
    latest = latest_conversation(customer.pk, assistant)
    if latest and (not new or latest.last_message_at is None):
        if latest.language != customer.language:
            Conversation.objects.filter(pk=latest.pk).update(language=customer.language)
        return latest
    return Conversation.objects.create(customer=customer, assistant=assistant, language=customer.language)


def latest_conversation(customer: UUID, assistant: Assistant) -> Conversation | None:
    of = Conversation.objects.filter(customer=customer, assistant=assistant)
    return of.order_by("-created_at", "-pk").first()


def forget_empty_conversations(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Delete what browsers began and nobody wrote in, and customers of whom nothing is left."""
    long_ago = timezone.now() - older_than
    empty = Conversation.objects.filter(last_message_at=None, last_seq=0, created_at__lt=long_ago)
    count, _ = empty.delete()
    Customer.objects.filter(conversations=None, last_seen_at__lt=long_ago).delete()
    return count
