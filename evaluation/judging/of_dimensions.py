"""How far judges agree with reviewers of each dimension, and whether anything may rest on that.

Reviewers say what is wrong with an answer: that it is wrong speaks of whether it is grounded, that something
is missing of whether it helps, that it is inappropriate of its tone. None of that speaks of whether it fits
what was said before, so of that nothing is known, and nothing may rest on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from evaluation.judging.agreement import COUNTS_FROM, FEW, Agreed, Pair, agreed
from evaluation.judging.rows import JudgedAnswer
from evaluation.judging.verdicts import DIMENSIONS, Dimension
from evaluation.judging.words import DIMENSIONS as NAMES
from evaluation.reviews.rows import Review, Verdict

SPEAKS_OF: Mapping[str, Dimension] = {
    Verdict.INCORRECT: "grounded",
    Verdict.INCOMPLETE: "helpful",
    Verdict.INAPPROPRIATE: "tone",
}


@dataclass(frozen=True)
class OfDimension:
    dimension: Dimension
    agreed: Agreed

    @property
    def name(self) -> str:
        return str(NAMES[self.dimension])

    @property
    def counts(self) -> bool:
        return self.agreed.counts

    @property
    def words(self) -> str:
        """Whether it counts, and if not, what for."""
        if self.counts:
            return _("May be relied on.")
        if self.dimension not in SPEAKS_OF.values():
            return _("Not used for decisions: reviews say nothing of it.")
        if not self.agreed.is_enough:
            told = _("Not used for decisions: from %(few)d answers on it is known.")
            return told % {"few": FEW}
        told = _("Not used for decisions: the lower end of κ has to reach %(least)s.")
        return told % {"least": number_format(COUNTS_FROM, 2)}


def of_dimensions(since: datetime) -> dict[str, tuple[OfDimension, ...]]:
    """By the judge's name, of what was reviewed since."""
    people = _of_people(since)
    pairs: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    rows = JudgedAnswer.objects.filter(message__in=people)
    for judge, key, met in rows.values_list("judge", "message", "met"):
        for name, right in people[key].items():
            if met.get(name) is not None:
                pairs[judge][name].append((met[name], right))
        pairs[judge]  # also where it decided nothing
    return {
        judge: tuple(OfDimension(one, agreed(told[one])) for one in DIMENSIONS)
        for judge, told in pairs.items()
    }


def _of_people(since: datetime) -> dict[int, dict[str, bool]]:
    """Met where most say that the answer is right, missed where most say what is wrong with it. Who finds
    another fault says nothing of this one."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Review.objects.filter(updated_at__gte=since, reviewer__isnull=False)
    for item, verdict in rows.values_list("item", "verdict"):
        if verdict == Verdict.RIGHT:
            for name in SPEAKS_OF.values():
                counts[item][name] += 1
        elif verdict in SPEAKS_OF:
            counts[item][SPEAKS_OF[verdict]] -= 1
    return {item: {name: n > 0 for name, n in told.items() if n} for item, told in counts.items()}
