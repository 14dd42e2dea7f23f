"""Finding conversations by what was said in them. The words are gathered in the background: seconds after
they were said, and never in a transaction that a customer waits for."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, Value

from conversations import live
from conversations.inbox.few import found_in
from conversations.inbox.words import folded, tsquery
from conversations.models import Conversation, Message, SearchText
from conversations.posting import HEARD

MOST_CHARACTERS = 200_000  # of one conversation; PostgreSQL keeps no more than a megabyte of words
MOST_MESSAGES = 1_000
AT_ONCE = 500


def having(text: str) -> Q:
    """Conversations in which all of these words were said, or begin a word that was. Nothing is asked for:
    all."""
    query = tsquery(text)
    if not query:
        return Q()
    said = SearchQuery(query, config="simple", search_type="raw")
    keys = SearchText.objects.filter(words=said).values_list("pk", flat=True)
    return found_in(keys, lambda: Q(search_text__words=said), expected=" " not in query)


def gather_new(limit: int = AT_ONCE) -> int:
    """Gather the words of conversations in which something was said since; returns of how many. Beat runs
    it."""
    stale = Conversation.objects.filter(unsearched=True).order_by("-last_message_at")
    found = list(stale.select_related("customer")[:limit])
    for conversation in found:
        gather(conversation)
    if found:
        live.ring(live.Ring("", kind="gathered"))
    return len(found)


def gather(conversation: Conversation) -> None:
    said = [*_of_the_customer(conversation), *_said_in(conversation)]
    text = folded("\n".join(said))[:MOST_CHARACTERS]
    words = {"words": SearchVector(Value(text), config="simple")}
    SearchText.objects.update_or_create(conversation=conversation, defaults=words)
    # What was said meanwhile is gathered the next time.
    same = Conversation.objects.filter(pk=conversation.pk, last_seq=conversation.last_seq)
    same.update(unsearched=False)


def _of_the_customer(conversation: Conversation) -> list[str]:
    return [conversation.customer.name, conversation.customer.email, conversation.pk.hex[:6]]


def _said_in(conversation: Conversation) -> list[str]:
    kinds = [*HEARD, Message.Kind.NOTE]
    said = conversation.messages.filter(kind__in=kinds).order_by("-seq")
    return list(said.values_list("text", flat=True)[:MOST_MESSAGES])
