"""Note the messages that the router was unsure about, and those that customers put right themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from conversations.models import Message
from evaluation.redacting import without_personal
from flows import walked
from training import register
from training.customers.rows import CustomerExample
from training.models import Policy

AT_ONCE = 500  # answers that are looked through
SETTLED = timedelta(minutes=10)  # after which it is known what the customer did next
KEPT = timedelta(days=60)  # that a message waits for a decision
LONGEST = 300  # letters; more is a story, and no example
LEAVING = ("cancelled", "given_up")
Reason, State = CustomerExample.Reason, CustomerExample.State


def collect() -> int:
    """From where the last look ended; returns how many answers were looked through."""
    _forget()
    since = register.policy().looked_until
    settled = Message.objects.filter(created_at__lte=timezone.now() - SETTLED)
    if not since:  # what is older knows nothing of the router
        _looked_until(settled.aggregate(last=Max("pk"))["last"] or 0)
        return 0
    answers = settled.filter(pk__gt=since, kind=Message.Kind.ASSISTANT)
    found = list(
        answers.select_related("turn__question", "trace", "conversation__customer").order_by("pk")[:AT_ONCE]
    )
    for answer in found:
        _note(answer)
    if found:
        _looked_until(found[-1].pk)
    return len(found)


def _looked_until(pk: int) -> None:
    Policy.objects.update_or_create(pk=Policy.ONLY, defaults={"looked_until": pk})


def _note(answer: Message) -> None:
    routed = answer.trace.route.get("routed") if hasattr(answer, "trace") else None
    if not routed or answer.turn is None or "form" in answer.turn.question.data:
        return
    reason, suggested = _why(answer, routed)
    text, language = _words(answer)
    known = CustomerExample.objects.filter(Q(text__iexact=text) | Q(message=answer.turn.question))
    if not reason or not text or known.exists():
        return
    CustomerExample.objects.create(
        message=answer.turn.question, text=text, language=language, reason=reason, suggested=suggested,
        said_at=answer.turn.question.created_at,
        close=routed.get("close", []), likely=routed.get("likely", 0.0),
    )  # fmt: skip


def _why(answer: Message, routed: Mapping[str, Any]) -> tuple[str, str]:
    """And the flow that the customer chose; "" where there is no reason to ask staff."""
    after = _next(answer)
    if routed.get("sure"):
        left = {one.flow for one in _lines(after) if one.kind in LEAVING}
        return (Reason.LEFT, "") if routed.get("flow") in left else ("", "")
    if not routed.get("close"):
        return "", ""
    texts = {option["text"] for option in answer.options}
    chosen = after is not None and after.turn is not None and after.turn.question.text in texts
    begun = [one.flow for one in _lines(after) if one.kind == walked.BEGUN] if chosen else []
    return (Reason.TAKEN, begun[0]) if begun else (Reason.UNSURE, "")


def _next(answer: Message) -> Message | None:
    later = Message.objects.filter(
        conversation=answer.conversation_id, kind=Message.Kind.ASSISTANT, seq__gt=answer.seq
    )
    return later.select_related("turn__question", "trace").order_by("seq").first()


def _lines(answer: Message | None) -> Iterator[walked.Walked]:
    if answer is not None and hasattr(answer, "trace"):
        yield from filter(None, map(walked.read, answer.trace.route.get("passed", ())))


def _words(answer: Message) -> tuple[str, str]:
    """Without what would tell who it is; "" where it says nothing that could be learned."""
    assert answer.turn is not None
    text = " ".join(answer.turn.question.text.split())
    known = dict(settings.LANGUAGES)
    language = next((code for code in (answer.language, answer.conversation.language) if code in known), "en")
    if len(text) > LONGEST or not any(map(str.isalpha, text)):
        return "", language
    return without_personal(text, language, answer.conversation.customer.name)[:LONGEST], language


def _forget() -> None:
    """What waits goes with the customer's words, and when nobody has decided for long."""
    old = Q(message=None) | Q(said_at__lt=timezone.now() - KEPT)
    CustomerExample.objects.filter(old, state=State.WAITING).delete()
