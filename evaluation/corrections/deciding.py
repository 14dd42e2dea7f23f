"""What staff do about a correction. Each function is one action."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assistant.citations import MARK
from assistant.events import Outcome
from chatbot.markdown import words_of
from conversations import putting_right
from evaluation.corrections import covering, telling
from evaluation.corrections.rows import Correction
from evaluation.scenarios import keep, script_of
from evaluation.scripted import MOST_LINES, Expected, Script
from knowledge import publishing
from knowledge.models import Document

State = Correction.State


def check_again(correction: Correction) -> None:
    """As soon as what puts it right is in the index; at once where there is no such thing."""
    Correction.objects.filter(pk=correction.pk).update(check_due_at=timezone.now())


@transaction.atomic
def publish(correction: Correction, *, by: User) -> bool:
    """The article that was written for it; False where there is none that waits. Raises NeedsApproval."""
    document = correction.document
    if document is None or document.status == Document.Status.PUBLISHED:
        return False
    publishing.publish(document, author=by)
    check_again(correction)
    return True


@transaction.atomic
def accept(correction: Correction, *, by: User) -> bool:
    """What the assistant says now is right, in other words than were looked for: from now on these are.
    False where it says nothing."""
    current = (
        Correction.objects.select_for_update(of=("self",)).select_related("scenario").get(pk=correction.pk)
    )
    if current.state != State.WRONG or current.scenario is None or not current.says_now.strip():
        return False
    current.facts = _lines_of(current.says_now)
    keep(current.scenario, _as_it_is(script_of(current.scenario), current), author=by)
    current.state, current.right_at = State.RIGHT, timezone.now()
    current.check_due_at = timezone.now()
    current.save()
    putting_right.mark(current.message, correction=current.pk, answer=current.right_answer)
    audit.record(audit.Action.APPROVED, current, by=by)
    telling.tell(current)
    return True


def _as_it_is(script: Script, correction: Correction) -> Script:
    """The same conversation, in which what the assistant says now is expected."""
    outcome = correction.outcome_now
    expected = Expected.model_validate(
        {"means": tuple(correction.facts)}
        | ({"handoff": True} if outcome == Outcome.HANDOFF else {"outcome": outcome})
    )
    last = script.turns[-1].model_copy(update={"expects": expected})
    return script.model_copy(update={"turns": (*script.turns[:-1], last)})


def _lines_of(said: str) -> list[str]:
    """Without the numbers of its sources, which are no facts."""
    plain = words_of(MARK.sub("", said))
    return [line.strip()[:4_000] for line in plain.splitlines() if line.strip()][:MOST_LINES]


@transaction.atomic
def withdraw(correction: Correction, *, by: User) -> None:
    """It was no mistake after all. What was drafted for it stays; its scenario counts no more."""
    current = (
        Correction.objects.select_for_update(of=("self",)).select_related("scenario").get(pk=correction.pk)
    )
    if current.state == State.WITHDRAWN:
        return
    current.state, current.check_due_at = State.WITHDRAWN, None
    current.save()
    if current.scenario is not None:
        current.scenario.enabled = False
        current.scenario.save(update_fields=["enabled"])
    putting_right.mark(current.message, correction=None)
    covering.release(current)
    audit.record(audit.Action.WITHDRAWN, current, by=by)
