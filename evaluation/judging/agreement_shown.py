"""How far judges agree with reviewers, of what both have judged in the last ninety days: for the page of
agreement, and in one sentence beside whatever a judge says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.judging.agreement import FEW, Agreed, Pair, agreed
from evaluation.judging.of_dimensions import OfDimension, of_dimensions
from evaluation.judging.reviewed import LOOKS_BACK
from evaluation.judging.rows import JudgedAnswer
from evaluation.judging.verdicts import OFFLINE
from evaluation.reviews.rows import Review, Verdict


@dataclass(frozen=True)
class OfJudge:
    name: str
    all: Agreed
    languages: tuple[tuple[str, Agreed], ...]
    undecided: int  # answers that people have judged and the judge has not
    dimensions: tuple[OfDimension, ...] = ()

    @property
    def sentence(self) -> str:
        return in_words(self.all)


def name_of(judge: str) -> str:
    return _("without a model") if judge == OFFLINE else judge


def of_judges() -> list[OfJudge]:
    """Those that have read something, the one without a model first."""
    people, of_each = _said_by_people(), of_dimensions(timezone.now() - LOOKS_BACK)
    told: dict[str, list[tuple[str, bool | None, bool]]] = defaultdict(list)
    rows = JudgedAnswer.objects.filter(message__in=people)
    for judge, key, right, language in rows.values_list("judge", "message", "right", "message__language"):
        told[judge].append((language, right, people[key]))
    in_order = sorted(told, key=lambda name: (name != OFFLINE, name))
    return [_of_judge(name, told[name], of_each.get(name, ())) for name in in_order]


def agreement_of(judge: str) -> Agreed:
    return next((one.all for one in of_judges() if one.name == name_of(judge)), Agreed())


def relied_on(judge: str) -> str:
    """In a sentence: of what the judge says, what agrees well enough with people."""
    found = next((one for one in of_judges() if one.name == name_of(judge)), None)
    names = [part.name for part in found.dimensions if part.counts] if found else []
    if not names:
        return _("Nothing that it says is used for decisions: it is not known to agree well enough.")
    told = _("Only this agrees well enough with people to be relied on: %(names)s.")
    return told % {"names": ", ".join(names)}


def _of_judge(
    judge: str, told: list[tuple[str, bool | None, bool]], dimensions: tuple[OfDimension, ...]
) -> OfJudge:
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for language, right, people in told:
        if right is not None:
            pairs[language].append((right, people))
    every = [pair for each in pairs.values() for pair in each]
    languages = tuple((code or "–", agreed(each)) for code, each in sorted(pairs.items()))
    return OfJudge(name_of(judge), agreed(every), languages, len(told) - len(every), dimensions)


def _said_by_people() -> dict[int, bool]:
    """Right where most reviewers say so; where as many say otherwise, it is left out."""
    since = timezone.now() - LOOKS_BACK
    rows = Review.objects.filter(updated_at__gte=since, reviewer__isnull=False)
    counts: dict[int, int] = defaultdict(int)
    for item, verdict in rows.values_list("item", "verdict"):
        counts[item] += 1 if verdict == Verdict.RIGHT else -1
    return {item: count > 0 for item, count in counts.items() if count}


def in_words(found: Agreed) -> str:
    """What stands beside every verdict of the judge."""
    if not found.items:
        return _("Not compared with people yet.")
    if not found.is_enough or found.kappa is None or found.low is None or found.high is None:
        told = ngettext(
            "Compared with people on %(n)d answer: too few, or all of one kind, to say how far it agrees. "
            "Review %(few)d, right ones and wrong ones.",
            "Compared with people on %(n)d answers: too few, or all of one kind, to say how far it agrees. "
            "Review %(few)d, right ones and wrong ones.",
            found.items,
        )
        return told % {"n": found.items, "few": FEW}
    told = _(
        "Says the same as people of %(share)d %% of %(n)d answers (κ %(kappa)s, 95 %%: %(low)s to %(high)s)."
    )
    return told % {
        "share": round(100 * (found.share or 0)),
        "n": found.items,
        "kappa": number_format(round(found.kappa, 2), 2),
        "low": number_format(round(found.low, 2), 2),
        "high": number_format(round(found.high, 2), 2),
    }
