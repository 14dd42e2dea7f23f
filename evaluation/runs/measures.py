"""The figures of a run as its page shows them: what each is called, what it means, a value for each side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from chatbot.chance import wilson
from chatbot.rounding import rounded
from evaluation.runs.summing import Figures, Share
from evaluation.scenario_words import EXPECTATIONS, SITUATIONS


@dataclass(frozen=True)
class Measure:
    name: Promise
    value: Callable[[Figures], str]
    meaning: Promise | str = ""


@dataclass(frozen=True)
class Row:
    name: str
    values: tuple[str, ...]
    meaning: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[Row, ...]


def share(part: Share, *, interval: bool = False) -> str:
    if not part.of:
        return "–"
    percent = rounded(100 * part.met / part.of, 1)
    said = _("%(share)s %% (%(met)s of %(of)s)") % {"share": percent, "met": part.met, "of": part.of}
    if not interval:
        return said
    low, high = wilson(part.met, part.of)
    return f"{said} [{rounded(100 * low, 1)} – {rounded(100 * high, 1)}]"


def number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else rounded(value, digits)


def seconds(spread: tuple[float, float] | None) -> str:
    if spread is None:
        return "–"
    median, most = (rounded(one, 2) for one in spread)
    return _("%(median)s s (%(most)s s)") % {"median": median, "most": most}


STAY_BELOW = gettext_lazy("Median, and what 95 of 100 stay below.")
MEASURES: dict[Promise, tuple[Measure, ...]] = {
    gettext_lazy("Accuracy"): (
        Measure(
            gettext_lazy("Scenarios as expected"),
            lambda one: share(one.passed, interval=True),
            gettext_lazy(
                "All that is expected of every answer is met. In brackets: within what the share lies (95 %)."
            ),
        ),
        Measure(gettext_lazy("Answers as expected"), lambda one: share(one.turns)),
        Measure(gettext_lazy("Expectations met"), lambda one: share(one.checks)),
    ),
    gettext_lazy("Coherence"): (
        Measure(
            gettext_lazy("Asked again"),
            lambda one: share(one.asked_again),
            gettext_lazy(
                "Of the answers that ask something, those that ask what was asked before, word for word."
            ),
        ),
        Measure(
            gettext_lazy("Said again"),
            lambda one: share(one.repeated),
            gettext_lazy("Answers that were given before, word for word."),
        ),
        Measure(
            gettext_lazy("In another language"),
            lambda one: share(one.switched),
            gettext_lazy(
                "Answers in another language than the customer’s, where that is not what is tested."
            ),
        ),
    ),
    gettext_lazy("Experience"): (
        Measure(
            gettext_lazy("Messages until the goal"),
            lambda one: number(one.to_goal),
            gettext_lazy("Of scenarios that went as expected: what the customer had to send, median."),
        ),
        Measure(
            gettext_lazy("Words of the customer"),
            lambda one: number(one.words),
            gettext_lazy("In a conversation, median."),
        ),
        Measure(gettext_lazy("First word"), lambda one: seconds(one.first_word), STAY_BELOW),
        Measure(gettext_lazy("Whole answer"), lambda one: seconds(one.seconds), STAY_BELOW),
    ),
    gettext_lazy("By the judge"): (
        Measure(
            gettext_lazy("Sentences grounded"),
            lambda one: share(one.judged.get("sentences", Share())),
            gettext_lazy("Sentences that claim something, and whose passages say it."),
        ),
        Measure(
            gettext_lazy("Answers grounded"),
            lambda one: share(one.judged.get("grounded", Share()), interval=True),
            gettext_lazy("Answers in which every such sentence is."),
        ),
        Measure(
            gettext_lazy("Helpful"),
            lambda one: share(one.judged.get("helpful", Share())),
            gettext_lazy("Answers to what was asked, whether or not that is true."),
        ),
        Measure(
            gettext_lazy("Coherent"),
            lambda one: share(one.judged.get("coherent", Share())),
            gettext_lazy("They contradict, repeat and ask nothing of what was said before."),
        ),
        Measure(
            gettext_lazy("In the right tone"),
            lambda one: share(one.judged.get("tone", Share())),
            gettext_lazy("Polite, without blame, and in French with one form of address."),
        ),
        Measure(gettext_lazy("Not decided"), lambda one: number(one.undecided or None)),
    ),
    pgettext_lazy("figures", "Search"): (
        Measure(gettext_lazy("Right article among the first five"), lambda one: share(one.hit)),
        Measure(
            gettext_lazy("Mean reciprocal rank"),
            lambda one: number(one.mrr, 3),
            gettext_lazy("1 where the right article is always first, ½ where it is second."),
        ),
    ),
    gettext_lazy("Models"): (
        Measure(gettext_lazy("Tokens"), lambda one: number(one.tokens or None)),
        Measure(
            gettext_lazy("Cost"),
            lambda one: number(one.cost if one.tokens else None, 4),
            gettext_lazy("At the prices that are set (MODEL_PRICES), in their currency."),
        ),
    ),
}


def groups(figures: Sequence[Figures]) -> Iterator[Group]:
    """Without those of which nothing is known on any side."""
    for title, measures in MEASURES.items():
        rows = tuple(
            Row(str(one.name), tuple(one.value(side) for side in figures), str(one.meaning))
            for one in measures
        )
        if any(value != "–" for row in rows for value in row.values):
            yield Group(str(title), rows)


def parts(figures: Sequence[Figures]) -> Iterator[Group]:
    """The same, divided: by situation, by language, by what is expected."""
    divided: tuple[tuple[str, str, Mapping[str, Promise]], ...] = (
        (_("By situation"), "situations", SITUATIONS),
        (_("By language"), "languages", {}),
        (_("By expectation"), "kinds", EXPECTATIONS),
    )
    for title, name, words in divided:
        keys = sorted({key for one in figures for key in getattr(one, name)})
        rows = tuple(Row(str(words.get(key, key) or "–"), _each(figures, name, key)) for key in keys)
        if len(rows) > 1:
            yield Group(title, rows)


def _each(figures: Sequence[Figures], name: str, key: str) -> tuple[str, ...]:
    return tuple(share(getattr(one, name).get(key, Share())) for one in figures)
