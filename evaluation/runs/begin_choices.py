"""What the form that begins a run offers: only what there is here, and where what is missing is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assistant.models import Assistant, Release
from evaluation.judging.agreement_shown import name_of
from evaluation.judging.judges import judges_here
from evaluation.models import Case, Run, Scenario, Suite
from evaluation.suites.keeping import SAMPLE_ORIGIN
from flows.shelves import changed_drafts
from llm.choosing import chat_model_for

REST = "rest"  # scenarios that are in no suite
MOST_RUNS = 50  # that can be compared with; as many releases


@dataclass(frozen=True)
class Missing:
    """Why something is not offered; `link` leads to where it is made, by the words of `act`."""

    why: str
    act: str = ""
    link: str = ""


@dataclass(frozen=True)
class Here:
    """What there is to be compared, to judge and to play customers."""

    releases: bool
    drafts: bool
    models: bool
    runs: bool

    def versions(self) -> set[str]:
        known = {"release": self.releases, "drafts": self.drafts, "model": self.models, "run": self.runs}
        return {"", "present", "settings", *(name for name, there in known.items() if there)}

    def missing(self) -> list[Missing]:
        """That no run is over yet needs no word: below stand the runs."""
        found = []
        if not self.releases:
            found.append(Missing(_("There is no release yet."), _("Make one"), reverse("releases:list")))
        if not self.drafts:
            why = _("No flow has a draft that differs from what is published.")
            found.append(Missing(why, _("Flows"), reverse("flows:list")))
        if not self.models:
            told = _(
                "No model can be compared, judge or play customers: set OPENAI_API_KEY or OPENAI_BASE_URL."
            )
            found.append(Missing(told))
        return found


def here(releases: Sequence[object], runs: Sequence[object]) -> Here:
    return Here(bool(releases), bool(changed_drafts()), chat_model_for("judge") is not None, bool(runs))


def suites() -> list[tuple[str, str]]:
    counted = Suite.objects.annotate(counts=Count("scenarios", filter=Q(scenarios__enabled=True)))
    found = [(str(one.pk), _with_number(one.name, one.counts)) for one in counted.order_by("name")]
    alone = Scenario.objects.filter(suite=None, enabled=True).count()
    return [*found, *([(REST, _with_number(_("In no suite"), alone))] if alone else [])]


def ticked(by: User | None, known: Sequence[str]) -> list[str]:
    """What this person ran last: whoever works on something runs the same again and again. Who has run
    nothing gets the suites of the sample company, which are green as delivered; where there are none, all of
    them: then they are the company's own, and few."""
    last = Run.objects.filter(by=by, origin=Run.Origin.PAGE).order_by("-pk").first() if by else None
    if last is not None:
        names = Suite.objects.filter(name__in=last.suites).values_list("pk", flat=True)
        rest = [REST] if Case.objects.filter(run=last, suite="").exists() else []
        if mine := [one for one in [*map(str, names), *rest] if one in known]:
            return mine
    sample = Suite.objects.filter(origin=SAMPLE_ORIGIN).values_list("pk", flat=True)
    return [one for one in map(str, sample) if one in known] or list(known)


def _with_number(name: str, count: int) -> str:
    return ngettext("%(name)s (%(count)d scenario)", "%(name)s (%(count)d scenarios)", count) % {
        "name": name, "count": count,
    }  # fmt: skip


def assistants() -> list[tuple[int, str]]:
    return list(Assistant.objects.order_by("-is_default", "name").values_list("pk", "name"))


def judges() -> list[tuple[str, str]]:
    return [("", _("Nobody")), *((name, name_of(name)) for name in judges_here())]


def runs() -> list[tuple[int, str]]:
    over = Run.objects.filter(state__in=Run.PLAYED).order_by("-pk")[:MOST_RUNS]
    return [(one.pk, str(one)) for one in over]


def releases() -> list[tuple[int, str]]:
    """By number: which assistant's it is, says the choice of the assistant."""
    numbers = Release.objects.order_by("-number").values_list("number", flat=True).distinct()
    return [(number, _("release %(number)d") % {"number": number}) for number in numbers[:MOST_RUNS]]
