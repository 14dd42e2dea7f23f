"""What the two sides of a run say of each other: by what is expected, and, beside that, by a judge.
 Which one is better is said by the scenarios alone. A judge may say otherwise, and is then quoted together
with how far it agrees with people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.judging.agreement_shown import agreement_of, in_words, name_of, relied_on
from evaluation.runs.comparing import Compared, compare
from evaluation.runs.comparing import in_words as compared_in_words
from evaluation.runs.rows import Case, Run

Passed = dict[int, list[bool]]
Beside = Literal["same", "otherwise", "alone"]


@dataclass(frozen=True)
class Read:
    """What the page says of the judge: its name, how far it agrees with people, which side is better by it
    ("" with one side), and how often a model preferred which."""

    judge: str
    agreement: str
    sentence: str = ""
    preferred: str = ""


def compared(run: Run, first: int = 0, second: int = 1, by: str = "passed") -> Compared | None:
    """The second side against the first, over the scenarios that were run on both."""
    sides: tuple[Passed, Passed] = ({}, {})
    known = Case.objects.filter(**{"run": run, "side__in": (first, second), f"{by}__isnull": False})
    for place, side, passed in known.values_list("place", "side", by):
        sides[side == second].setdefault(place, []).append(bool(passed))
    return compare(*sides)


def read_by_judge(run: Run, names: list[str], by_scenarios: Compared | None) -> Read | None:
    """None where nobody was asked to read the answers."""
    if not run.judge:
        return None
    agreement = f"{in_words(agreement_of(run.judge))} {relied_on(run.judge)}"
    if len(names) < 2:
        return Read(name_of(run.judge), agreement)
    found = compared(run, by="judged_right")
    if found is None:
        return Read(name_of(run.judge), agreement, preferred=_preferred(run, names))
    said = compared_in_words(found, names[0], names[1])
    worded = str(LEADS[_beside(found, by_scenarios)]) % {"said": said}
    return Read(name_of(run.judge), agreement, worded, _preferred(run, names))


def _beside(found: Compared, by_scenarios: Compared | None) -> Beside:
    """The judge says otherwise only where it says that there is a difference, and which."""
    if by_scenarios is not None and by_scenarios.said == found.said:
        return "same"
    return "otherwise" if found.said in ("better", "worse") else "alone"


LEADS: dict[Beside, Promise] = {
    "same": gettext_lazy("The judge says the same: %(said)s"),
    "otherwise": gettext_lazy("The judge says otherwise: %(said)s"),
    "alone": gettext_lazy("By the judge: %(said)s"),
}


def _preferred(run: Run, names: list[str]) -> str:
    told = Case.objects.filter(run=run, side=1).exclude(preferred="").values_list("preferred", flat=True)
    counts = Counter(told)
    if not counts:
        return ""
    worded = _(
        "Asked in both orders which conversation it prefers: “%(first)s” %(one)d times, “%(second)s” %(two)d "
        "times, neither %(tie)d times."
    )
    return worded % {
        "first": names[0], "second": names[1],
        "one": counts["first"], "two": counts["second"], "tie": counts["tie"],
    }  # fmt: skip
