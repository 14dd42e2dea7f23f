"""Trainings in words: why one is in its state, what a comparison says, what cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.routing.samples import EVERYDAY, KNOWLEDGE, NOTHING
from chatbot.rounding import rounded
from flows.models import Flow
from flows.walked_words import named
from training.apart import Pairs, Said
from training.deciding import Why
from training.models import Training

NOTHING_TO_DIVIDE = "–"
WHYS: dict[str, Any] = {
    Why.FIRST: gettext_lazy("Nothing was in use before it."),
    Why.MODEL: gettext_lazy(
        "The embedding model was changed: what was in use before cannot be read any more."
    ),
    Why.NOT_WORSE: gettext_lazy(
        "In use by itself: no worse than router training %(number)s on what neither has learned."
    ),
    Why.BETTER: gettext_lazy(
        "In use by itself: better than router training %(number)s on what neither has learned."
    ),
    Why.TOO_FEW: gettext_lazy(
        "In use by itself: nothing says that it is worse than router training %(number)s, and too little is "
        "held out to tell."
    ),
    Why.PERSON: gettext_lazy("By %(by)s."),
    Why.BACK: gettext_lazy("%(by)s went back to it."),
    Why.WORSE: gettext_lazy(
        "It waits: it is worse than router training %(number)s on what neither has learned. See which "
        "texts, then use it or set it aside."
    ),
    Why.ASKED: gettext_lazy("It waits for you: new routers come into use only when somebody says so."),
    Why.NEWER: gettext_lazy("Router training %(number)s took its place."),
    Why.NO_FLOWS: gettext_lazy(
        "No published flow has examples. Write what customers say into a flow, about ten examples, and "
        "publish it."
    ),
    Why.ONE_KIND: gettext_lazy(
        "There are examples of one kind only, or of no flow two: nothing can be told apart. Give each flow "
        "about ten examples."
    ),
    Why.TROUBLE: gettext_lazy("Something went wrong within it; the log of the worker says what."),
}
CANNOT: dict[str, Any] = {
    "pinned": gettext_lazy("Another training is pinned by now. See which, then decide."),
    "not_kept": gettext_lazy("Its numbers are not kept any more: only the newest trainings can be used."),
    "other_model": gettext_lazy(
        "It was made with another embedding model than the one of today: its numbers mean nothing now."
    ),
}
NO_FLOW: dict[str, Any] = {
    KNOWLEDGE: gettext_lazy("No flow: the knowledge answers"),
    NOTHING: gettext_lazy("No flow: off topic"),
    EVERYDAY: gettext_lazy("No flow: everyday sentences"),
}


class Names:
    """What flows are called, those that are gone too; and what is no flow."""

    def __init__(self) -> None:
        rows = Flow.objects.values_list("key", "draft__name")
        self._names = {key: named(names, key) for key, names in rows}

    def of(self, label: str) -> str:
        if label in NO_FLOW:
            return str(NO_FLOW[label])
        return self._names.get(label, label) if label else _("No flow")

    def knows(self, label: str) -> bool:
        """Whether it is a flow that is still there."""
        return label in self._names

    def several(self, labels: list[str]) -> str:
        return ", ".join(f"“{self.of(label)}”" for label in labels)


def why(training: Training, names: Names) -> str:
    facts = {key: value for key, value in training.facts.items() if isinstance(value, str | int)}
    if training.why == Why.FLOWS:
        return _("In use at once: what was before does not know this. %(what)s") % {
            "what": _flows(training.facts, names)
        }
    if training.why == Why.PINNED:
        said = _("It waits: router training %(number)s is pinned.") % facts
        return f"{said} {_flows(training.facts, names)}".strip()
    said = str(WHYS.get(training.why, ""))
    try:
        return said % facts
    except KeyError:  # a row of an older form
        return said.partition("%(")[0]


def _flows(facts: Mapping[str, Any], names: Names) -> str:
    new, gone = facts.get("new", []), facts.get("gone", [])
    parts = []
    if new:
        parts.append(_("New: %(flows)s.") % {"flows": names.several(new)})
    if gone:
        parts.append(_("Gone: %(flows)s.") % {"flows": names.several(gone)})
    return " ".join(parts)


SAID: dict[Said, Any] = {
    "better": gettext_lazy("The new one is better"),
    "worse": gettext_lazy("The new one is worse"),
    "same": gettext_lazy("No difference can be told"),
    "too_few": gettext_lazy("Too few texts to tell"),
}


def difference(pairs: Pairs) -> str:
    low, high = pairs.between()
    points = {
        "by": signed(100 * pairs.by),
        "low": signed(100 * low),
        "high": signed(100 * high),
        "chance": rounded(pairs.chance, 3),
    }
    return (
        _(
            "%(by)s points (for 95 of 100: from %(low)s to %(high)s). If both were equally good, so uneven a "
            "split would come about with a probability of %(chance)s (McNemar, exact)."
        )
        % points
    )


def signed(value: float) -> str:
    """ "+12.3", "−4.1" """
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{rounded(abs(value), 1)}"


def percent(share: float | None) -> str:
    if share is None:
        return NOTHING_TO_DIVIDE
    return _("%(share)s%%") % {"share": number_format(round(100 * share))}


def counted(number: int) -> str:
    return number_format(number, force_grouping=True)
