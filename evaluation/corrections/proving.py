"""Whether a correction has helped: its scenario is run as soon as something was published that may have."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from assistant.models import Guidance
from assistant.releases.as_served import as_served
from conversations import putting_right
from conversations.models import Citation
from evaluation.corrections import telling
from evaluation.corrections.rows import Correction
from evaluation.models import Scenario
from evaluation.running import run_scenario
from evaluation.scenarios import note_run, script_of
from evaluation.turned import Turned
from flows.models import Flow
from knowledge.models import Document, Revision
from llm.errors import ModelError

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
ERROR = 300  # characters of why it could not be run
AT_ONCE = 10
# Words are found at once; meaning follows within minutes, and is worth waiting for that long.
MEANING_COMES = timedelta(minutes=3)
# Something else that was published may have put it right too: looked at no more often than this.
BY_CHANCE = timedelta(minutes=10)
State, Index = Correction.State, Document.IndexState


def check_due() -> int:
    """Run the scenarios of those that wait for it; returns how many. Beat rings for it."""
    ask_anew()
    due = Correction.objects.exclude(state=State.WITHDRAWN).filter(
        ~_being_indexed(), scenario__isnull=False, check_due_at__lte=timezone.now()
    )
    found = due.order_by("check_due_at").select_related("assistant", "scenario", "message")
    return sum(_check_once(correction) for correction in found[:AT_ONCE])


def ask_anew() -> int:
    """Those whose cause was changed since their last run, or an article that the wrong answer cited."""
    now = timezone.now()
    known = Correction.objects.exclude(state=State.WITHDRAWN).filter(
        check_due_at=None, checked_at__isnull=False
    )
    article = Q(document__status=Document.Status.PUBLISHED, document__updated_at__gt=F("checked_at"))
    rule = Exists(Guidance.objects.filter(pk=OuterRef("guidance"), updated_at__gt=OuterRef("checked_at")))
    flow = Flow.objects.filter(key=OuterRef("flow"), published__created_at__gt=OuterRef("checked_at"))
    cited = Citation.objects.filter(
        document__index_state__in=[Index.READY, Index.FAILED], document__status=Document.Status.PUBLISHED,
        message=OuterRef("message"), document__updated_at__gt=OuterRef("checked_at"),
    )  # fmt: skip
    others = Revision.objects.filter(created_at__gt=OuterRef("checked_at"))
    chance = Q(Exists(others), state=State.WRONG, checked_at__lt=now - BY_CHANCE)
    return known.filter(article | Q(rule) | Q(Exists(flow)) | Q(Exists(cited)) | chance).update(
        check_due_at=now
    )


def _being_indexed() -> Q:
    """Published, and not to be found by its meaning yet."""
    waits = Q(document__index_state__in=[Index.READY, Index.FAILED])
    by_words = Q(document__index_state=Index.WORDS, document__updated_at__lt=timezone.now() - MEANING_COMES)
    return Q(document__status=Document.Status.PUBLISHED) & ~waits & ~by_words


def _check_once(correction: Correction) -> bool:
    """Unless somebody else does. Whoever stops half-way is followed by another one after a while; what cannot
    be run is said of this one, and the others have their turn."""
    lease = timezone.now() + LEASE
    mine = Correction.objects.filter(pk=correction.pk, check_due_at=correction.check_due_at)
    if correction.scenario is None or not mine.update(check_due_at=lease):
        return False
    began = timezone.now()
    try:
        _run(correction, correction.scenario, began=began, lease=lease)
    except ModelError as error:
        logger.info("Correction %s is checked later: %s", correction.pk, error)
        return False
    except Exception as error:  # boundary: one scenario must not keep the others waiting
        logger.exception("Correction %s could not be checked.", correction.pk)
        what = f"{type(error).__name__}: {error}"[:ERROR]
        mine = Correction.objects.filter(pk=correction.pk, check_due_at=lease)
        mine.update(check_due_at=None, checked_at=began, check_error=what)
    return True


def _run(correction: Correction, scenario: Scenario, *, began: datetime, lease: datetime) -> None:
    turned = run_scenario(script_of(scenario), as_served(correction.assistant))
    passed = note_run(scenario, turned)
    with transaction.atomic():
        current = Correction.objects.select_for_update().get(pk=correction.pk)
        if current.check_due_at == lease:  # else somebody has asked for another run meanwhile
            current.check_due_at = None
        current.checked_at, current.check_error = began, ""  # what was published while it ran is newer
        settle(current, passed=passed, turned=turned)


def settle(correction: Correction, *, passed: bool, turned: Sequence[Turned]) -> None:
    """What came of a run, and who is told. For whoever holds the row."""
    last = turned[-1] if turned else None
    correction.says_now, correction.outcome_now = (last.said, last.outcome) if last else ("", "")
    if correction.state == State.WITHDRAWN:
        correction.save()
        return
    was_right = correction.state == State.RIGHT
    correction.state = State.RIGHT if passed else State.WRONG
    if passed and not was_right:
        correction.right_at = timezone.now()
    elif not passed:
        correction.right_at = None
    correction.save()
    if passed != was_right:
        answer = correction.right_answer if passed else ""
        putting_right.mark(correction.message, correction=correction.pk, answer=answer)
        telling.tell(correction)
    elif passed:
        telling.tell_others(correction)
