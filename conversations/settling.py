"""What the assistant has settled: a conversation that went quiet after an answer is resolved by itself.

Confirmed: the customer said thanks or goodbye last, or found the last answer helpful. Assumed: nothing more
was said. Neither where the last answer was none or was found not helpful, where a flow still waits for an
answer, or where a person is to answer: that stays open, for staff to see.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from assistant.events import Outcome
from assistant.smalltalk import Courtesy, courtesy_of
from conversations.models import Conversation, Message, Owner, Resolution, Status
from conversations.posting import HEARD, record
from flows.state import State

MOST = 1_000  # at once
LOOKED_AT = timedelta(days=3)  # for so long after it went quiet: what is not settled by then stays as it is
LOOKED_BACK = 12  # messages
BY_ITSELF = (Resolution.CONFIRMED, Resolution.ASSUMED)
HELPED = (Outcome.ANSWERED, Outcome.GUIDED)


def settle_quiet() -> int:
    """Those that have been quiet for long enough; returns how many were settled. Beat runs it."""
    if not settings.SETTLE_AFTER_HOURS:
        return 0
    until = timezone.now() - timedelta(hours=settings.SETTLE_AFTER_HOURS)
    quiet = Conversation.objects.filter(
        status=Status.OPEN,
        owner=Owner.ASSISTANT,
        last_speaker=Message.Kind.ASSISTANT,
        last_message_at__range=(until - LOOKED_AT, until),
    )
    found = list(quiet.order_by("last_message_at").values_list("pk", flat=True)[:MOST])
    return sum(settle(conversation_id=pk, until=until) is not None for pk in found)


def settle(*, conversation_id: UUID, until: datetime | None = None) -> Resolution | None:
    """How it was settled; None for one that was not, or in which something was said since (`until`)."""
    with record(conversation_id) as writing:
        conversation = writing.conversation
        if conversation.status != Status.OPEN or conversation.owner != Owner.ASSISTANT:
            return None
        last = conversation.last_message_at
        if conversation.last_speaker != Message.Kind.ASSISTANT or (until and last and last > until):
            return None
        how = how_settled(conversation)
        if how is not None:
            now = timezone.now()
            writing.change(status=Status.RESOLVED, resolved_at=now, resolution=how, snoozed_until=None)
            writing.post_log(str(how))
        return how


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
