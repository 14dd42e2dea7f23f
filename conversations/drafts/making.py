"""A worker makes a suggestion: by the knowledge part of the assistant's own reply, and nothing is done by it.

So few at once that a slow model leaves workers for everything else; what was overtaken meanwhile is dropped.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assistant.asking import suggest_to
from assistant.events import Answer, Outcome, Transcript
from assistant.releases.as_served import as_served
from conversations.answering import said_until
from conversations.drafts.asking import offered, ring
from conversations.drafts.rows import ReplyDraft
from conversations.posting import record
from llm.errors import ModelError

logger = logging.getLogger(__name__)

MOST_TRIES = 3
BUDGET_SECONDS = 45.0
LEASE = timedelta(seconds=90)  # whoever makes one longer than that has died
PAUSE = timedelta(seconds=15)
MOST_RUNG = 20
LATEST = timedelta(hours=2)  # nobody waits for a suggestion that long
State = ReplyDraft.State
PENDING = ReplyDraft.objects.filter(outcome=ReplyDraft.Outcome.PENDING)


def make(draft_id: int) -> bool:
    """Whether one was made."""
    draft = _take(draft_id)
    if draft is None:
        return False
    conversation = draft.conversation
    transcript = Transcript(
        said=said_until(conversation.pk, draft.question.seq), language=conversation.language
    )
    assistant = as_served(conversation.assistant, str(conversation.pk))
    habit = {"language": str(conversation.state.get("language", ""))}
    try:
        answer = suggest_to(assistant, transcript, habit, seconds=BUDGET_SECONDS)
    except ModelError as error:
        logger.info("Suggestion %s was not written: %s", draft.pk, error)
        _fail(draft, error)
        return False
    _keep(draft, answer)
    _ring_next()
    return True


@transaction.atomic
def _take(draft_id: int) -> ReplyDraft | None:
    """None where it is not due, is no longer wanted, or enough are being written."""
    now = timezone.now()
    if PENDING.filter(state=State.WRITING, due_at__gt=now).count() >= settings.DRAFTS_AT_ONCE:
        return None
    waiting = PENDING.all().select_for_update(skip_locked=True, of=["self"])
    waiting = waiting.filter(pk=draft_id, state__in=ReplyDraft.OPEN, due_at__lte=now, tries__lt=MOST_TRIES)
    draft = waiting.select_related("conversation__assistant", "question").first()
    if draft is not None:
        draft.state, draft.tries, draft.due_at = State.WRITING, draft.tries + 1, now + LEASE
        draft.save(update_fields=["state", "tries", "due_at"])
    return draft


def _keep(draft: ReplyDraft, answer: Answer | None) -> None:
    """Unless the customer has said more, or somebody has answered."""
    with record(draft.conversation_id) as writing:
        current = PENDING.filter(pk=draft.pk, tries=draft.tries).first()
        if current is None or not offered(writing.conversation):
            return
        _fill(current, answer)
        current.save()
        writing.change()  # the page of the conversation shows it


def _fill(draft: ReplyDraft, answer: Answer | None) -> None:
    draft.made_at, draft.error, draft.state = timezone.now(), "", State.NOTHING
    if answer is None:
        return
    usage, route = answer.usage, answer.route
    if usage:
        draft.prompt_tokens, draft.completion_tokens = usage.prompt_tokens, usage.completion_tokens
        draft.cost = usage.cost
    draft.model, draft.language = (route.model if route else ""), answer.language
    if answer.outcome is Outcome.ANSWERED and answer.text.strip():
        draft.state, draft.text = State.READY, answer.text
        draft.sources = [asdict(citation) for citation in answer.citations]
        draft.quoted = not draft.model or bool(route and route.kind == "extract")


def _fail(draft: ReplyDraft, error: ModelError) -> None:
    final = error.permanent or draft.tries >= MOST_TRIES
    with record(draft.conversation_id) as writing:
        mine = PENDING.filter(pk=draft.pk, tries=draft.tries)
        state = State.FAILED if final else State.ASKED
        if mine.update(state=state, error=str(error)[:500], due_at=timezone.now() + PAUSE) and final:
            writing.change()


def sweep() -> None:
    """Ring for those that are due: their ring was lost, or came when enough were being written. What kills
    its workers, or is too late, is given up. Beat has it done."""
    now = timezone.now()
    late = PENDING.filter(state__in=ReplyDraft.OPEN, due_at__lte=now)
    late.filter(tries__gte=MOST_TRIES).update(state=State.FAILED, error="interrupted")
    late.filter(asked_at__lt=now - LATEST).update(state=State.FAILED, error="timeout")
    _ring_next()


def _ring_next() -> None:
    due = PENDING.filter(state__in=ReplyDraft.OPEN, due_at__lte=timezone.now()).order_by("due_at")
    for pk in due.values_list("pk", flat=True)[: min(MOST_RUNG, settings.DRAFTS_AT_ONCE)]:
        ring(pk)
