"""Trainings of search in words: why one is in its state, what a comparison says, what cannot be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chatbot.rounding import rounded
from knowledge.weighing import USUAL, Weighing
from training.search.deciding import Why
from training.search.examining import LEAST_ANSWERABLE, LEAST_UNANSWERABLE
from training.search.pairing import Both
from training.search.rows import SearchTraining
from training.words import signed

WHYS: dict[str, Any] = {
    Why.BETTER: gettext_lazy("In use by itself: it is better on questions that it had not learned."),
    Why.ASKED: gettext_lazy(
        "It waits for you: it is better on questions that it had not learned. See which, then use it or set "
        "it aside."
    ),
    Why.PERSON: gettext_lazy("By %(by)s."),
    Why.BACK: gettext_lazy("%(by)s went back to it."),
    Why.ASIDE: gettext_lazy("Set aside by %(by)s."),
    Why.SAME: gettext_lazy("What is in use is as good as anything that was tried. Nothing is changed."),
    Why.NOT_BETTER: gettext_lazy(
        "It is not better on questions that it had not learned, or chance may have done it. Nothing is "
        "changed."
    ),
    Why.FEW_PAIRS: gettext_lazy(
        "Too few questions are left to tell whether it is better. Nothing is changed: save more questions."
    ),
    Why.FEW: gettext_lazy(
        "There are %(answerable)s saved questions with a known article, and %(least)s are needed. Make "
        "scenarios that say which article they cite, put answers right, or close gaps with articles."
    ),
    Why.NOT_READY: gettext_lazy(
        "The knowledge is not ready to be searched by meaning. Wait until it is indexed, then learn again."
    ),
    Why.NEWER: gettext_lazy("Search training %(number)s took its place."),
    Why.USUAL: gettext_lazy("%(by)s went back to what the product comes with."),
    Why.TROUBLE: gettext_lazy("Something went wrong within it; the log of the worker says what."),
}
CANNOT: dict[str, Any] = {
    "no_candidate": gettext_lazy("It is no candidate any more: see below what became of it."),
    "never_used": gettext_lazy("Only a training that was in use before can be gone back to."),
    "other_present": gettext_lazy(
        "What is in use has changed since it was compared: nobody knows whether it is better than that. "
        "Learn again."
    ),
    "other_model": gettext_lazy(
        "It was learned with another embedding model than the one of today: its numbers mean nothing now. "
        "Learn again."
    ),
}
CELLS: dict[str, Any] = {
    "right": gettext_lazy("Answered, with a right article"),
    "other": gettext_lazy("Answered, with other articles"),
    "refused": gettext_lazy("Declined, though an article answers"),
    "declined": gettext_lazy("Declined, rightly"),
    "claimed": gettext_lazy("Answered, though nothing answers"),
}
GOOD = ("right", "declined")
NOTHING_CHANGED = (Why.SAME, Why.NOT_BETTER, Why.FEW_PAIRS)  # the usual end, and no failure
UNCHANGED = gettext_lazy("nothing changed")
LEAST = 0.001  # of a probability, that is told as a number
KINDS: dict[str, Any] = {
    "scenario": gettext_lazy("Scenarios"),
    "correction": gettext_lazy("Corrections"),
    "gap": gettext_lazy("Questions of closed gaps"),
    "review": gettext_lazy("Reviewed answers"),
}


ENDS = (gettext_lazy("With an answer"), gettext_lazy("Without an answer"))


def why(training: SearchTraining) -> str:
    facts = {"least": LEAST_ANSWERABLE, **training.facts}
    said = str(WHYS.get(training.why, ""))
    try:
        return said % facts
    except KeyError:  # a row of an older form
        return said.partition("%(")[0]


def weighing(of: Weighing) -> str:
    """ "words .12, bar +0.10" """
    numbers = {"words": rounded(of.words_share, 2), "bar": bar(of.lift)}
    return _("words %(words)s, bar %(bar)s") % numbers


def bar(lift: float) -> str:
    if not lift:
        return _("as usual")
    return f"{'+' if lift > 0 else '−'}{rounded(abs(lift), 2)}"


def in_words(of: Weighing, before: Weighing) -> str:
    """What customers will notice."""
    said = []
    if of.words_share > before.words_share:
        said.append(_("The very words of a question count for more."))
    elif of.words_share < before.words_share:
        said.append(_("The very words of a question count for less, and what it means for more."))
    if of.lift > before.lift:
        said.append(_("More questions are declined: an article has to be nearer."))
    elif of.lift < before.lift:
        said.append(_("Fewer questions are declined: an article may be farther."))
    if not said:
        said.append(_("As the product comes.") if of == USUAL else _("Nothing differs from what is in use."))
    return " ".join(said)


def difference(both: Both) -> str:
    low, high = both.between()
    points = {
        "by": signed(100 * both.by),
        "low": signed(100 * low),
        "high": signed(100 * high),
        "chance": rounded(both.chance, 3) if both.chance >= LEAST else f"< {rounded(LEAST, 3)}",
    }
    return (
        _(
            "%(by)s points, both kinds of question counting alike (for 95 of 100: from %(low)s to %(high)s). "
            "If both were equally good, so large a difference would come about with a probability of "
            "%(chance)s."
        )
        % points
    )


def enough(answerable: int, unanswerable: int) -> str:
    """Whether there are enough saved questions, and how many are missing."""
    if answerable < LEAST_ANSWERABLE:
        return ngettext(
            "%(n)s more with a known article is needed.", "%(n)s more with a known article are needed.",
            LEAST_ANSWERABLE - answerable,
        ) % {"n": LEAST_ANSWERABLE - answerable}  # fmt: skip
    if unanswerable < LEAST_UNANSWERABLE:
        missing = LEAST_UNANSWERABLE - unanswerable
        return ngettext(
            "Enough to learn how much exact words count. When to decline is learned too with %(n)s more that "
            "has to be declined.",
            "Enough to learn how much exact words count. When to decline is learned too with %(n)s more that "
            "have to be declined.",
            missing,
        ) % {"n": missing}
    return _("Enough to learn from.")


def bar_not_learned() -> str:
    return _(
        "How high the bar is was not learned: fewer than %(least)s saved questions have to be declined. Make "
        "scenarios that expect “declined”."
    ) % {"least": LEAST_UNANSWERABLE}
