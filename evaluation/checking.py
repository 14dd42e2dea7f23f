"""Whether a gap is closed: its questions are asked again, as a customer would; nothing is stored of it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assistant.asking import ask
from assistant.events import Outcome
from assistant.releases.as_served import as_served
from evaluation.models import Gap, GapQuestion
from knowledge.models import Document
from llm.errors import ModelError

logger = logging.getLogger(__name__)

MOST_ASKED = 10  # of one gap, the newest
LEASE = timedelta(minutes=5)
# Words are found at once; meaning follows within minutes, and is worth waiting for that long.
MEANING_COMES = timedelta(minutes=3)


def check_due() -> int:
    """Check the gaps whose article is in the index by now; returns how many."""
    now, State = timezone.now(), Document.IndexState
    by_words = Q(document__index_state=State.WORDS, document__updated_at__lt=now - MEANING_COMES)
    searchable = Q(document=None) | Q(document__index_state=State.READY) | by_words
    due = Gap.objects.filter(searchable, check_due_at__lte=now).order_by("check_due_at")
    return sum(_check_once(gap) for gap in due)


def _check_once(gap: Gap) -> bool:
    """Unless somebody else does. Whoever stops half-way is followed by another one after a while."""
    lease = timezone.now() + LEASE
    if not Gap.objects.filter(pk=gap.pk, check_due_at=gap.check_due_at).update(check_due_at=lease):
        return False
    try:
        found = {question.pk: _is_answered(gap, question) for question in _asked_of(gap)}
    except ModelError as error:
        logger.info("Gap %s is checked later: %s", gap.pk, error)
        return False
    _keep(gap, found, lease)
    return True


def _asked_of(gap: Gap) -> list[GapQuestion]:
    """The newest, each wording once."""
    questions = gap.questions.defer("vector").select_related("message__conversation__assistant")
    newest = {question.text.casefold(): question for question in reversed(questions[: 3 * MOST_ASKED])}
    return list(newest.values())[-MOST_ASKED:]


def _is_answered(gap: Gap, question: GapQuestion) -> bool:
    assistant = as_served(question.message.conversation.assistant)
    answer = ask(assistant, question.text, language=question.language).answer
    cited = {citation.document_id for citation in answer.citations}
    # An answer that was no help is none yet because there is one: it has to come from the new article.
    better = question.reason != GapQuestion.Reason.RATED or gap.document_id in cited
    return answer.outcome == Outcome.ANSWERED and better


@transaction.atomic
def _keep(gap: Gap, found: dict[int, bool], lease: datetime) -> None:
    """What came of it. Most answered: the gap is closed; else it stays whosever it is."""
    locked = Gap.objects.select_for_update().get(pk=gap.pk)
    gap.questions.update(answered_now=None)
    for answered in (True, False):
        keys = [pk for pk, now in found.items() if now is answered]
        GapQuestion.objects.filter(pk__in=keys).update(answered_now=answered)
    locked.checked_at = timezone.now()
    if locked.check_due_at == lease:  # else somebody has asked for another check meanwhile
        locked.check_due_at = None
    if found and sum(found.values()) * 2 > len(found):
        locked.state = Gap.State.ANSWERED
    elif locked.state == Gap.State.ANSWERED:
        locked.state = Gap.State.ASSIGNED if locked.assignee_id else Gap.State.OPEN
    locked.save(update_fields=["checked_at", "check_due_at", "state"])
