"""Replies that staff keep ready: who may see, change and use them, and what is filled into them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.models import Role, User
from actions.bookings.models import Booking
from conversations.inbox.replying.places import Filled, filled
from conversations.inbox.words import folded
from conversations.inbox.words import words as words_of
from conversations.models import CannedReply, Conversation
from conversations.naming import called

MOST_OWN = 200
MOST_SHARED = 500
MOST_OFFERED = 400
LONGEST_NAME_SEARCHED = 200


@dataclass(frozen=True, slots=True)
class Offered:
    """A reply as it would be sent in one conversation."""

    reply: CannedReply
    said: Filled
    language: str
    other: str  # the language in words, where it is not the customer's
    words: str  # to search, folded


def usable(user: User) -> QuerySet[CannedReply]:
    """One's own, everybody's, and those of one's teams; the most used first."""
    shared = Q(owner=None) & (Q(team=None) | Q(team__in=user.teams.all()))
    return _in_order(CannedReply.objects.filter(Q(owner=user) | shared))


def seen(user: User) -> QuerySet[CannedReply]:
    """On the page of replies: whoever may change the shared ones sees those of every team."""
    if user.may(Role.EDITOR):
        return _in_order(CannedReply.objects.filter(Q(owner=user) | Q(owner=None)))
    return usable(user)


def changeable(user: User) -> QuerySet[CannedReply]:
    """One's own; the shared ones are the editors'."""
    shared = Q(owner=None) if user.may(Role.EDITOR) else Q(pk=None)
    return CannedReply.objects.filter(Q(owner=user) | shared)


def _in_order(replies: QuerySet[CannedReply]) -> QuerySet[CannedReply]:
    return replies.select_related("team").order_by("-used", "key", "pk")


def found(replies: QuerySet[CannedReply], words: str) -> list[CannedReply]:
    """Those that have all of these words somewhere in their names or texts."""
    wanted = words_of(words[:LONGEST_NAME_SEARCHED])
    return [reply for reply in replies if all(word in searched(reply) for word in wanted)]


def searched(reply: CannedReply) -> str:
    return folded(" ".join([reply.key, reply.title, *reply.texts.values()]))


def offered(user: User, conversation: Conversation) -> list[Offered]:
    values = values_for(user, conversation)
    return [
        _offered(reply, conversation.language, values)
        for reply in usable(user)[:MOST_OFFERED]
        if any(reply.texts.values())
    ]


def _offered(reply: CannedReply, language: str, values: dict[str, str]) -> Offered:
    spoken = language_for(reply, language)
    other = "" if spoken == language else language_in_words(spoken)
    return Offered(reply, filled(reply.texts[spoken], values), spoken, other, searched(reply))


def language_in_words(code: str) -> str:
    """In the reader's language; the code of one that is unknown."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_for(reply: CannedReply, language: str) -> str:
    """The one wanted where the reply has it, else the first that it has."""
    has = [code for code, text in reply.texts.items() if text]
    return language if language in has else has[0]


def values_for(user: User, conversation: Conversation) -> dict[str, str]:
    """Of a customer who has not said their name, none is made up."""
    customer, assistant = conversation.customer, conversation.assistant
    return {
        "customer": customer.name,
        "first_name": next(iter(customer.name.split()), ""),
        "email": customer.email,
        "agent": called(user, audience="customer"),
        "company": assistant.company,
        "assistant": assistant.name,
        "reference": _reference(conversation.pk),
    }


def _reference(conversation: UUID) -> str:
    booked = Booking.objects.filter(conversation_id=conversation).order_by("-pk")
    return booked.values_list("reference", flat=True).first() or ""


def sample() -> dict[str, str]:
    """A customer and a company to see a reply with, in the language that is active."""
    return {
        "customer": "Camille Martin",
        "first_name": "Camille",
        "email": "camille@example.org",
        "agent": "Marie",
        "company": _("your company"),
        "assistant": _("your assistant"),
        "reference": "HJKL-12345",
    }


def use(reply: CannedReply) -> None:
    CannedReply.objects.filter(pk=reply.pk).update(used=F("used") + 1)
