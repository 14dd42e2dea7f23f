"""Put answers that deserve a second look into the queue.

What was said is looked through once, in the order of its rows; what customers and staff think of it comes
later, and is looked through by when it came. Each source remembers how far it has got, and a row that is
looked at twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from assistant.events import HandoffReason, Outcome
from conversations.models import ConversationRating, Message, Rating
from evaluation.reviews.rows import Picked, Reason, ReviewItem
from evaluation.reviews.sameness import number_of
from evaluation.reviews.worth import NO_FAULT, is_sampled, reasons_of, weight_of

AT_ONCE = 500
LOOKS_BACK = timedelta(days=30)
# Rows become visible in another order than they were numbered in; by then all have.
SETTLED = timedelta(minutes=1)
SAID = timedelta(seconds=5)
WANTED_OF_A_SAMPLE = 2  # reviewers: how far they agree is told from these
BAD_ENDING = 2  # of 5
HANDS_OVER = ("handoff", "person_requested")
Kind, State = Message.Kind, ReviewItem.State


def pick() -> int:
    """A round: a few hundred rows of each source. Returns how many answers were looked at."""
    return sum(source() for source in SOURCES)


@transaction.atomic
def look_at_words() -> int:
    """Answers by themselves, and those after which a person was wanted."""
    picked = _turn_to("words")
    settled = timezone.now() - SETTLED
    rows = Message.objects.filter(pk__gt=picked.up_to or _begin(), created_at__lt=settled).order_by("pk")
    seen = list(rows.values_list("pk", "kind", "outcome", "data", "conversation_id", "seq")[:AT_ONCE])
    if not seen:
        return 0
    answers = [pk for pk, kind, *_rest in seen if kind == Kind.ASSISTANT]
    for answer in _answers(answers):
        reasons = reasons_of(answer.outcome, _route(answer))
        if answer.outcome and is_sampled(answer.pk, settings.REVIEW_SAMPLE_PERCENT / 100):
            reasons.append(Reason.SAMPLE)
        note(answer, reasons)
    for _pk, kind, _outcome, data, conversation, seq in seen:
        if kind == Kind.EVENT and data.get("code") in HANDS_OVER and data.get("reason") != NO_FAULT:
            wanted = data.get("reason") == HandoffReason.CUSTOMER_REQUEST
            _note_last(conversation, seq, Reason.HANDOFF, but=Outcome.HANDOFF if wanted else "")
    picked.up_to = seen[-1][0]
    picked.save()
    return len(seen)


def look_at_ratings() -> int:
    return _look_since("ratings", Rating, _note_rated)


def look_at_endings() -> int:
    return _look_since("endings", ConversationRating, _note_ended)


@transaction.atomic
def _look_since(source: str, rows: Any, take: Callable[[Any], None]) -> int:
    """What has come since the last round, by its number, and what was changed, by when."""
    picked = _turn_to(source)
    now = timezone.now()
    related = ("message__turn__question", "message__conversation")
    settled = rows.objects.filter(updated_at__lt=now - SAID).select_related(*related)
    begun = now - LOOKS_BACK
    new = list(settled.filter(pk__gt=picked.up_to, updated_at__gt=begun).order_by("pk")[:AT_ONCE])
    changed = settled.filter(pk__lte=picked.up_to, updated_at__gt=picked.until or begun)
    latest = list(changed.order_by("updated_at")[:AT_ONCE])
    for row in [*new, *latest]:
        take(row)
    picked.up_to = new[-1].pk if new else picked.up_to
    picked.until = latest[-1].updated_at if latest else picked.until
    picked.save()
    return len(new) + len(latest)


def _note_rated(rating: Rating) -> None:
    said_why = bool(rating.reason or rating.comment)
    if rating.score < 0:
        note(rating.message, [Reason.LOW_RATING], said_why=said_why)
    else:
        _take_back(rating.message_id, Reason.LOW_RATING)


def _note_ended(ending: ConversationRating) -> None:
    if ending.score <= BAD_ENDING:
        line = ending.message
        _note_last(line.conversation_id, line.seq, Reason.BAD_ENDING)


def _note_last(conversation: Any, before: int, reason: str, *, but: str = "") -> None:
    """Of a conversation, the answer that stands last before a line. `but`: of no such outcome; who asks for
    a person finds fault with what was said before that one comes. What is said unasked, such as that nobody
    is there, is no answer."""
    said = Message.objects.filter(conversation=conversation, kind=Kind.ASSISTANT, seq__lt=before)
    found = said.exclude(turn=None)
    answer = found.exclude(data__has_key="replaced").exclude(outcome=but or None).order_by("-seq").first()
    if answer is not None:
        note(answer, [reason])


@transaction.atomic
def note(answer: Message, reasons: Iterable[str], *, said_why: bool = False) -> ReviewItem | None:
    """Into the queue for these reasons too. A complaint that comes after the review opens it again."""
    reasons = set(reasons)
    if not reasons:
        return None
    item, is_new = ReviewItem.objects.select_for_update().get_or_create(
        message=answer, defaults={"asked_at": answer.created_at, "same_question": _same(answer)}
    )
    news = reasons - set(item.reasons)
    if not is_new and not news and not said_why:
        return item
    item.reasons = sorted(reasons.union(item.reasons))
    item.weight = max(weight_of(item.reasons, said_why=said_why), 0.0 if is_new else item.weight)
    item.wanted = WANTED_OF_A_SAMPLE if item.reasons == [Reason.SAMPLE] else max(item.wanted, 1)
    if Reason.LOW_RATING in news and item.state != State.OPEN:
        item.state = State.OPEN
    item.save()
    return item


def _take_back(message_id: int, reason: str) -> None:
    """The customer has thought better of it; where nothing else is left, it leaves the queue."""
    item = ReviewItem.objects.select_for_update().filter(pk=message_id, reasons__contains=[reason]).first()
    if item is None:
        return
    item.reasons = [one for one in item.reasons if one != reason]
    item.weight = weight_of(item.reasons)
    if not item.reasons and item.state == State.OPEN and not item.reviews.exists():
        item.delete()
    else:
        item.save()


def _turn_to(source: str) -> Picked:
    """One worker at a time: whoever else comes waits, and goes on behind it."""
    Picked.objects.get_or_create(source=source)
    return Picked.objects.select_for_update().get(source=source)


def _begin() -> int:
    """Before the oldest message that is looked at when the queue is filled for the first time."""
    since: datetime = timezone.now() - LOOKS_BACK
    first = Message.objects.filter(created_at__gte=since).aggregate(first=Min("pk"))["first"]
    return int(first or 1) - 1


def _answers(keys: list[int]) -> list[Message]:
    found = Message.objects.filter(pk__in=keys).exclude(data__has_key="replaced")
    return list(found.select_related("trace", "turn__question", "conversation"))


def _same(answer: Message) -> int | None:
    if answer.turn is None:
        return None
    talk = answer.conversation
    language = answer.language or talk.language
    return number_of(answer.turn.question.text, assistant=talk.assistant_id, language=language)


def _route(answer: Message) -> dict[str, Any]:
    return answer.trace.route if hasattr(answer, "trace") else {}


SOURCES = (look_at_words, look_at_ratings, look_at_endings)
