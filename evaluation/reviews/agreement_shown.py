"""How far reviewers agree, as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from evaluation.judging.agreement_shown import of_judges
from evaluation.reviews.agreement import ENOUGH, Agreement, Judged, cohen, fleiss, pairs_of
from evaluation.reviews.rows import Review, Verdict

LOOKS_BACK = timedelta(days=90)
MOST_PAIRS = 20
RIGHT, WRONG = "right", "wrong"
# Landis and Koch, The measurement of observer agreement for categorical data (1977).
GRADES = (
    (0.81, gettext_lazy("almost perfect")),
    (0.61, gettext_lazy("substantial")),
    (0.41, gettext_lazy("moderate")),
    (0.21, gettext_lazy("fair")),
    (0.0, gettext_lazy("slight")),
)


def found() -> dict[str, Any]:
    """The values of the template, of the last ninety days."""
    since = timezone.now() - LOOKS_BACK
    rows = Review.objects.filter(updated_at__gte=since, reviewer__isnull=False)
    judged: dict[int, dict[Any, str]] = defaultdict(dict)
    counts: dict[Any, int] = defaultdict(int)
    for item, reviewer, verdict in rows.values_list("item", "reviewer", "verdict"):
        judged[item][reviewer] = verdict
        counts[reviewer] += 1
    items: list[Judged] = list(judged.values())
    coarse: list[Judged] = [_coarse(one) for one in items]
    people: dict[Any, User] = {user.pk: user for user in User.objects.filter(pk__in=counts)}
    pairs = pairs_of([one for one in items if len(one) > 1])[:MOST_PAIRS]
    return {
        "enough": ENOUGH,
        "all": in_words(fleiss(items)),
        "right_or_not": in_words(fleiss(coarse)),
        "pairs": [(people[a], people[b], in_words(cohen(items, a, b))) for a, b in pairs],
        "reviewers": sorted(((people[pk], n) for pk, n in counts.items()), key=lambda one: -one[1]),
        "reviews": sum(counts.values()),
        "judges": of_judges(),
    }


def _coarse(judged: Judged) -> Judged:
    return {who: RIGHT if verdict == Verdict.RIGHT else WRONG for who, verdict in judged.items()}


def in_words(found: Agreement) -> dict[str, Any]:
    kappa = found.kappa
    grade = next((word for least, word in GRADES if kappa is not None and kappa >= least), "")
    if kappa is not None and kappa < 0:
        grade = _("less than by chance")
    share = None if found.share is None else 100 * found.share
    return {"items": found.items, "share": share, "kappa": kappa, "grade": grade, "enough": found.is_enough}
