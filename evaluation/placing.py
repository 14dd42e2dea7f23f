"""Which gap a question belongs to: the nearest by meaning, or a new one.

What stands in a gap stays there: nothing that staff have named, assigned or merged is ever sorted anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Avg
from django.utils import timezone
from numpy.typing import NDArray

from evaluation.models import Gap, GapQuestion
from knowledge.models import Calibration
from knowledge.spaces import live_space

if TYPE_CHECKING:
    from evaluation.collecting import Unanswered

# The cosine to a gap's middle from which a question belongs to it, with what all questions have in common
# taken off. Measured with 397 questions of four subjects and their articles (docs/decisions/0010-gaps.md):
# at .60 five of six questions stand with their own kind, in 1.15 gaps for each article that is missing.
# A translation is farther away, and what is unrelated in another language farther still: from .52 on, nine of
# ten pairs of translations come together and one question in fifty stands with others.
NEAR, NEAR_ACROSS = 0.60, 0.52
NEAR_AS_IT_IS = 0.92  # of vectors from which nothing can be taken off, since nothing was measured yet
LOCK = 0x676170  # "gap"
Vector = NDArray[np.float32]


def one_at_a_time() -> None:
    """Until the end of the transaction nobody else moves questions between gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def place(found: Sequence[Unanswered], vectors: Sequence[Sequence[float]], made_by: str) -> int:
    """Put questions into gaps; returns how many were not there yet."""
    if not found:
        return 0
    one_at_a_time()
    known = GapQuestion.objects.filter(message__in=[question.message_id for question in found])
    noted = set(known.values_list("message", flat=True))
    middles = _Middles(made_by)
    fresh = [pair for pair in zip(found, vectors, strict=True) if pair[0].message_id not in noted]
    for question, vector in fresh:
        gap = middles.nearest(vector, question.language) or Gap.objects.create(title=question.text[:300])
        _add(gap, question, vector, made_by)
        middles.add(gap, vector, question.language)
    return len(fresh)


def _add(gap: Gap, question: Unanswered, vector: Sequence[float], made_by: str) -> None:
    GapQuestion.objects.create(
        gap=gap,
        message_id=question.message_id,
        text=question.text,
        language=question.language,
        reason=question.reason,
        asked_at=question.asked_at,
        vector=list(vector),
        made_by=made_by,
    )
    if gap.state == Gap.State.ANSWERED and gap.checked_at and question.asked_at > gap.checked_at:
        gap.state = Gap.State.ASSIGNED if gap.assignee_id else Gap.State.OPEN
        gap.reopened_at = timezone.now()
        gap.save(update_fields=["state", "reopened_at"])


class _Middles:
    """Where the gaps are. A dismissed one too: what it draws in bothers nobody."""

    def __init__(self, made_by: str) -> None:
        self._shared = shared_by_all(made_by)
        rows: Any = GapQuestion.objects.filter(made_by=made_by).order_by()
        middles = rows.values_list("gap").annotate(middle=Avg("vector"))
        self._all = {pk: self._own(middle) for pk, middle in middles}
        self._spoken: set[tuple[int, str]] = set(rows.values_list("gap", "language").distinct())

    def _own(self, vector: Sequence[float]) -> Vector:
        own = np.asarray(vector, dtype=np.float32)
        own = own - self._shared if self._shared is not None else own
        return np.asarray(own / max(float(np.linalg.norm(own)), 1e-9), dtype=np.float32)

    def _needed(self, pk: int, language: str) -> float:
        if self._shared is None:
            return NEAR_AS_IT_IS
        return NEAR if (pk, language) in self._spoken else NEAR_ACROSS

    def nearest(self, vector: Sequence[float], language: str) -> Gap | None:
        """The gap of which most is left above what is needed."""
        own = self._own(vector)
        left = {pk: float(own @ middle) - self._needed(pk, language) for pk, middle in self._all.items()}
        best = max(left, key=left.__getitem__, default=None)
        if best is None or left[best] < 0:
            return None
        return Gap.objects.select_for_update().get(pk=best)

    def add(self, gap: Gap, vector: Sequence[float], language: str) -> None:
        """A gap that has just begun; the middle of another hardly moves with one question."""
        self._all.setdefault(gap.pk, self._own(vector))
        self._spoken.add((gap.pk, language))


def shared_by_all(made_by: str) -> Vector | None:
    """What the vectors of all questions have in common, whatever they ask: the mean of the stock questions',
    each language counted once."""
    space = live_space()
    if space is None or space.identity != made_by:
        return None
    measured = Calibration.objects.filter(space=space, centre__isnull=False)
    centres = dict(measured.values_list("language", "centre"))
    if not centres:
        return None
    return np.asarray(np.mean([list(centre or ()) for centre in centres.values()], axis=0), dtype=np.float32)
