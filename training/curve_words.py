"""Whether more examples would help, in words: of the line that is drawn, and of the flows' rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from training.curving import ENOUGH, WELL, Advice, LastStep
from training.words import percent, signed

MOST_NAMED = 3
ORDER: tuple[Advice, ...] = ("more", "unsure", "other", "few", "well")
LINE: dict[str, Any] = {
    "few": gettext_lazy("There are too few examples to tell whether more would help on the whole."),
    "rises": gettext_lazy(
        "Yes: with the last fifth of the examples %(by)s points more were recognised (for 95 of 100: from "
        "%(low)s to %(high)s), so the line still rises."
    ),
    "flat": gettext_lazy(
        "Hardly, on the whole: the last fifth of the examples changed what is recognised by %(by)s points "
        "(for 95 of 100: from %(low)s to %(high)s)."
    ),
    "open": gettext_lazy(
        "It cannot be told: the last fifth of the examples changed what is recognised by %(by)s points, and "
        "chance may have done it (for 95 of 100: from %(low)s to %(high)s)."
    ),
}
ADVICE: dict[Advice, Any] = {
    "few": gettext_lazy("Fewer than %(enough)s examples: too few to tell. Give it about ten."),
    "well": gettext_lazy("At least %(well)s begin it: more examples would hardly help."),
    "unsure": gettext_lazy(
        "It is told apart, but often not surely enough to begin. Add examples in the words of those that "
        "begin none."
    ),
    "more": gettext_lazy("More examples would help: the last ones did."),
    "other": gettext_lazy(
        "More examples of the same kind would not help: look at what it is mixed up with, and write in other "
        "words."
    ),
}


def last_step(of: LastStep) -> str:
    points = {"by": signed(100 * of.by), "low": signed(100 * of.low), "high": signed(100 * of.high)}
    return str(LINE[of.verdict]) % points


def advice(of: Advice) -> str:
    return str(ADVICE[of]) % {"enough": ENOUGH, "well": percent(WELL)}


def advised(flows: Iterable[tuple[Advice, str]]) -> str:
    """The rows below, counted: what would gain is named."""
    names = defaultdict[Advice, list[str]](list)
    for of, name in flows:
        names[of].append(name)
    return " ".join(_part(of, names[of]) for of in ORDER if of in names)


def _named(names: list[str]) -> str:
    shown = ", ".join(_("“%(name)s”") % {"name": name} for name in names[:MOST_NAMED])
    return f"{shown} …" if len(names) > MOST_NAMED else shown


def _part(of: Advice, names: list[str]) -> str:
    n = len(names)
    said = {
        "more": ngettext(
            "%(n)s flow would gain from more: %(flows)s.", "%(n)s flows would gain from more: %(flows)s.", n
        ),
        "unsure": ngettext(
            "%(n)s flow is told apart, but begins too rarely: %(flows)s.",
            "%(n)s flows are told apart, but begin too rarely: %(flows)s.",
            n,
        ),
        "other": ngettext(
            "%(n)s flow is mixed up with others: %(flows)s.",
            "%(n)s flows are mixed up with others: %(flows)s.",
            n,
        ),
        "few": ngettext(
            "%(n)s flow has too few examples: %(flows)s.",
            "%(n)s flows have too few examples: %(flows)s.",
            n,
        ),
        "well": ngettext("%(n)s flow needs no more.", "%(n)s flows need no more.", n),
    }
    return said[of] % {"n": n, "flows": _named(names)}
