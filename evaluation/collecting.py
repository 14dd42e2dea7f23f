"""Which questions of customers were not answered, and since when nobody has taken note of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from assistant.events import Outcome
from conversations.models import Message
from evaluation.deciding import forget_empty
from evaluation.models import GapQuestion
from evaluation.placing import place
from evaluation.redacting import without_personal
from knowledge.spaces import asking_model
from llm.embedding import embed_query
from llm.embedding_model import EmbeddingModel
from llm.errors import ModelError

logger = logging.getLogger(__name__)

AT_ONCE = 25
LOOKS_BACK = timedelta(days=30)
Reason = GapQuestion.Reason
# What the assistant must not answer: by its objective, or by a guardrail.
MEANT = Q(trace__route__reasons__icontains='"out_of_scope: ') | Q(
    trace__route__reasons__icontains='"guarded"'
)
FOR_NO_REASON = Q(trace=None) | Q(trace__route__reasons__isnull=True)
IN_VAIN = (Q(outcome=Outcome.DECLINED), Q(outcome=Outcome.ANSWERED, rating__score__lt=0))


@dataclass(frozen=True)
class Unanswered:
    message_id: int
    text: str
    language: str
    reason: str
    asked_at: datetime


def collect() -> int:
    """Take note of new questions, a few at a time; returns how many. Without a model they wait."""
    try:
        model = asking_model()
        if _meant_anew(model):
            return 0
        found = unanswered()
        vectors = [embed_query(question.text, model) for question in found]
    except ModelError as error:
        logger.info("Unanswered questions wait for the model: %s", error)
        return 0
    forget_empty()
    return place(found, vectors, model.identity)


def _meant_anew(model: EmbeddingModel) -> bool:
    """After a change of the model: the questions there are get their vectors by it first."""
    rows = list(GapQuestion.objects.exclude(made_by=model.identity)[:AT_ONCE])
    for row in rows:
        row.vector, row.made_by = embed_query(row.text, model), model.identity
    GapQuestion.objects.bulk_update(rows, ["vector", "made_by"])
    return len(rows) == AT_ONCE


def unanswered() -> list[Unanswered]:
    """The oldest of those that nobody has taken note of; what the assistant must not answer is none."""
    # Two queries, since each has an index of its own.
    found = {question.message_id: question for in_vain in IN_VAIN for question in _noticed(in_vain)}
    return sorted(found.values(), key=lambda question: question.asked_at)


def _noticed(in_vain: Q) -> list[Unanswered]:
    noted = GapQuestion.objects.filter(message=OuterRef("turn__question"))
    before = Message.objects.filter(
        conversation=OuterRef("conversation"), kind=Message.Kind.ASSISTANT, seq__lt=OuterRef("seq")
    ).order_by("-seq")
    answers = (
        Message.objects.filter(
            in_vain, ~Exists(noted), turn__isnull=False, created_at__gte=timezone.now() - LOOKS_BACK
        )
        .filter(turn__question__text__regex="[[:alpha:]]")
        .exclude(data__has_key="replaced")
        .filter(FOR_NO_REASON | ~MEANT)
        .annotate(outcome_before=Subquery(before.values("outcome")[:1]))
        .select_related("turn__question", "trace", "conversation__customer")
        .order_by("created_at")
    )
    return [_as_question(answer) for answer in answers[:AT_ONCE]]


def _as_question(answer: Message) -> Unanswered:
    assert answer.turn is not None
    question, route = answer.turn.question, answer.trace.route if hasattr(answer, "trace") else {}
    known = dict(settings.LANGUAGES)
    spoken = [answer.language, answer.conversation.language, settings.LANGUAGE_CODE.split("-")[0]]
    language = next((code for code in spoken if code in known), next(iter(known)))
    # As it was read together with what was said before: "and in red?" alone asks nothing.
    asked = " ".join(str(route.get("query") or question.text).split())
    text = without_personal(asked, language, answer.conversation.customer.name)[:500]
    return Unanswered(question.pk, text, language, _reason(answer, route), question.created_at)


def _reason(answer: Message, route: dict[str, object]) -> str:
    if answer.outcome == Outcome.ANSWERED:
        return Reason.RATED
    if getattr(answer, "outcome_before", "") == Outcome.ASKED_BACK:
        return Reason.UNCLEAR
    reasons = route.get("reasons")
    nothing = isinstance(reasons, list) and "nothing_found" in reasons
    return Reason.NOTHING_FOUND if nothing else Reason.DECLINED
