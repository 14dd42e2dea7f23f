"""How well it is understood which flow customers mean, and which flows need better examples, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from flows.graph import Graph
from flows.interpreting import in_words
from flows.understanding import Learned, OfFlow, understanding

MOST_NAMED = 3  # flows; the worst first
FEW = 5  # examples; the editor says so for each language (static/flows/flow-form.js)
OFTEN = 2  # examples that are taken for another flow
MISSED = 0.25  # of a flow's examples, that begin nothing
TAKEN = gettext_lazy(
    "%(times)d of its %(examples)d examples are taken for “%(other)s”. Give both flows more examples that "
    "tell them apart."
)
MISSING = gettext_lazy(
    "%(missed)d of its %(examples)d examples begin nothing. Give it more examples, in other words."
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong with the examples of a flow, and what to do."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Shares in per cent; `examples` are those of the flows, `samples` all that was learned from."""

    right: int
    left_alone: int
    examples: int
    flows: int
    samples: int
    at: datetime
    advice: list[Advice]


def report(published: Mapping[str, Graph]) -> Report | None:
    """Of the flows that are published; None while nothing was learned."""
    learned = understanding().learned()
    if learned is None:
        return None
    flows = {key: flow for key, flow in published.items() if flow.begins}
    examples = sum(one.examples for one in learned.flows.values())
    return Report(
        _percent(learned.right),
        _percent(learned.left_alone),
        examples,
        len(learned.flows),
        learned.samples,
        learned.at,
        [*advice(learned, flows)][:MOST_NAMED],
    )


def _percent(share: float) -> int:
    return round(100 * share)


def advice(learned: Learned, flows: Mapping[str, Graph]) -> Iterator[Advice]:
    """For the published flows whose examples are understood worst, and those that have hardly any."""
    language = get_language() or "en"
    names = {key: in_words(flow, language) for key, flow in flows.items()}
    named = set()
    for key, one in sorted(learned.flows.items(), key=lambda pair: pair[1].right - pair[1].examples):
        if key in flows and (text := _trouble(one, names)):
            named.add(key)
            yield Advice(key, names[key], text)
    for key, flow in sorted(flows.items()):
        if key not in named and (count := sum(map(len, flow.examples.values()))) < FEW:
            words = ngettext("It has %(count)d example.", "It has %(count)d examples.", count)
            yield Advice(key, names[key], f"{words % {'count': count}} {_('Give it about ten.')}")


def _trouble(one: OfFlow, names: Mapping[str, str]) -> str:
    other, times = next(iter(one.taken_for.items()), ("", 0))
    counts = {
        "examples": one.examples,
        "times": times,
        "missed": one.missed,
        "other": names.get(other, other),
    }
    if times >= OFTEN:
        return str(TAKEN) % counts
    return str(MISSING) % counts if is_often_missed(one.missed, one.examples) else ""


def is_often_missed(missed: int, examples: int) -> bool:
    return missed >= max(OFTEN, MISSED * examples)
