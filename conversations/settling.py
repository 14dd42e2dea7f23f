"""What the assistant has settled: a conversation that went quiet after an answer is resolved by itself.

Confirmed: the customer said thanks or goodbye last, or found the last answer helpful. Assumed: nothing more
was said. Neither where the last answer was none or was found not helpful, or where a flow still waits for an
answer: that stays open, for staff to see, and is closed after some days as what it is, gone quiet without
help. What a person is to answer, and what nobody has answered, stays open.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from assistant.events import Outcome
from assistant.smalltalk import Courtesy, courtesy_of
from conversations.models import Conversation, Message, Owner, Resolution, Status
from conversations.posting import HEARD, Record, record
from flows.state import State

MOST = 1_000  # at once
LOOKED_AT = timedelta(days=3)  # for so long after it went quiet: what is not settled by then stays as it is
LOOKED_BACK = 12  # messages
BY_ITSELF = (Resolution.CONFIRMED, Resolution.ASSUMED, Resolution.UNHELPED)
HELPED = (Outcome.ANSWERED, Outcome.GUIDED)


def settle_quiet() -> int:
    """Those that have been quiet for long enough; returns how many were settled. Beat runs it."""
    if not settings.SETTLE_AFTER_HOURS:
        return 0
    until = timezone.now() - timedelta(hours=settings.SETTLE_AFTER_HOURS)
    found = _answered().filter(last_message_at__range=(until - LOOKED_AT, until))
    return sum(settle(conversation_id=pk, until=until) is not None for pk in _oldest(found))


def close_quiet() -> int:
    """Those that helped nobody and in which nothing was said for days; returns how many. Beat runs it."""
    if not settings.CLOSE_AFTER_DAYS:
        return 0
    until = timezone.now() - timedelta(days=settings.CLOSE_AFTER_DAYS)
    found = _answered().filter(last_message_at__lte=until)
    return sum(_close(conversation_id=pk, until=until) for pk in _oldest(found))


def _answered() -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        status=Status.OPEN, owner=Owner.ASSISTANT, last_speaker=Message.Kind.ASSISTANT
    )


def _oldest(found: QuerySet[Conversation]) -> list[UUID]:
    return list(found.order_by("last_message_at").values_list("pk", flat=True)[:MOST])


def settle(*, conversation_id: UUID, until: datetime | None = None) -> Resolution | None:
    """How it was settled; None for one that was not, or in which something was said since (`until`)."""
    with record(conversation_id) as writing:
        if not _is_quiet(writing.conversation, until):
            return None
        how = how_settled(writing.conversation)
        if how is not None:
            _over(writing, how)
        return how


def _close(*, conversation_id: UUID, until: datetime) -> bool:
    """As what it is: what can be said to have helped is settled as such, also when that comes late."""
    with record(conversation_id) as writing:
        if not _is_quiet(writing.conversation, until):
            return False
        _over(writing, how_settled(writing.conversation) or Resolution.UNHELPED)
        return True


def _is_quiet(conversation: Conversation, until: datetime | None) -> bool:
    if conversation.status != Status.OPEN or conversation.owner != Owner.ASSISTANT:
        return False
    last = conversation.last_message_at
    return conversation.last_speaker == Message.Kind.ASSISTANT and not (until and last and last > until)


def _over(writing: Record, how: Resolution) -> None:
    writing.change(status=Status.RESOLVED, resolved_at=timezone.now(), resolution=how, snoozed_until=None)
    writing.post_log(str(how))


def how_settled(conversation: Conversation) -> Resolution | None:
    """By what was said last. The answer to a mere courtesy is none."""
    if State.from_json(conversation.state.get("flow")).frames:
        return None
    newest = conversation.messages.filter(kind__in=HEARD).select_related("rating").order_by("-seq")
    thanked, courtesy, last = False, False, None
    for message in reversed(list(newest[:LOOKED_BACK])):
        if message.kind == Message.Kind.CUSTOMER:
            said = courtesy_of(message.text)
            courtesy = said is not None
            thanked = said in (Courtesy.THANKS, Courtesy.BYE)
        elif not courtesy:
            last = message
    return _by_answer(last, thanked=thanked)


def _by_answer(answer: Message | None, *, thanked: bool) -> Resolution | None:
    if answer is None or answer.partial or answer.outcome not in HELPED:
        return None
    score = answer.rating.score if hasattr(answer, "rating") else 0
    if score < 0:
        return None
    return Resolution.CONFIRMED if thanked or score > 0 else Resolution.ASSUMED
