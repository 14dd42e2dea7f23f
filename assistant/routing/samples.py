"""What the router learns from: the flows' own examples, what the knowledge answers, what is off topic."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField
from django.db.models.functions import MD5, Cast

from assistant.stock import everyday
from flows.graph import Graph
from flows.models import Flow
from flows.parts import Lines, Text
from knowledge.calibration import LANGUAGES, stock_questions
from knowledge.models import Document

KNOWLEDGE, NOTHING, EVERYDAY = "=knowledge", "=nothing", "=everyday"  # no flow has a key like these
NO_FLOWS = frozenset([KNOWLEDGE, NOTHING, EVERYDAY])
FORM = 6  # of what is kept: another one is learned anew
MOST_OF_KNOWLEDGE = 200  # articles, by title and first question; each costs 40 ms once


@dataclass(frozen=True, order=True)
class Sample:
    """Words, and the flow that they begin: its key, or one of `NO_FLOWS`. `language` is "" if nobody says."""

    text: str
    label: str
    language: str = field(default="", compare=False)


@dataclass(frozen=True)
class Besides:
    """What an app above has others learn as well: its samples, and a mark that changes with them, which is
    asked for every few seconds."""

    samples: Callable[[], Iterable[Sample]]
    mark: Callable[[], str]


_besides: list[Besides] = []


def tell(besides: Besides) -> None:
    _besides.append(besides)


def gather(*drafts: Graph) -> list[Sample]:
    """In a fixed order, each text once; of two flows that claim the same words the first has them.

    `drafts` stand in the place of their published versions, as if they were published. What apps above tell
    of a flow that nobody can begin is left out.
    """
    samples: dict[str, Sample] = {}
    graphs = _published(drafts)
    known = NO_FLOWS | {graph.key for graph in graphs}
    told = (sample for one in _besides for sample in one.samples() if sample.label in known)
    for sample in [*of_flows(graphs), *told, *of_knowledge(), *of_nothing()]:
        samples.setdefault(sample.text.casefold(), sample)
    return sorted(samples.values())


def has_flows() -> bool:
    """Whether there is anything to learn, now or as soon as it is published."""
    return Flow.objects.exists()


def signature(identity: str) -> str:
    """Changes when there is something new to learn: other flows, much more knowledge, another model.

    Cheap, since it is asked every few seconds; single articles make no difference to what begins a flow.
    """
    versions = Flow.objects.begun_by_customers().order_by("pk").values_list("published", "trial")
    articles = Document.objects.published().count()
    marks = [one.mark() for one in _besides]
    said = f"{FORM}|{identity}|{has_flows()}|{list(versions)}|{articles.bit_length()}|{marks}"
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _published(drafts: Sequence[Graph]) -> list[Graph]:
    """What is published and what is on trial: words of either begin the flow, and which version a customer
    walks is for its library to say."""
    rows = Flow.objects.begun_by_customers().select_related("published", "trial").order_by("key")
    versions = [version for row in rows for version in (row.published, row.trial) if version]
    graphs = [Graph.model_validate(version.graph) for version in versions]
    drawn = {draft.key for draft in drafts}
    graphs = [graph for graph in graphs if graph.key not in drawn] + [*drafts]
    return [graph for graph in sorted(graphs, key=lambda graph: graph.key) if graph.begins]


def of_flows(graphs: Sequence[Graph]) -> Iterator[Sample]:
    for graph in graphs:
        yield from _samples(graph.key, graph.examples, graph.name)
    for graph in graphs:
        yield from _samples(KNOWLEDGE, graph.unlike, {})


def _samples(label: str, lines: Lines, names: Text) -> Iterator[Sample]:
    texts = [(text, language) for language, several in lines.items() for text in several]
    texts += [(name, language) for language, name in names.items()]
    yield from (Sample(text.strip(), label, language) for text, language in texts if text.strip())


def of_knowledge() -> Iterator[Sample]:
    """Titles and questions of some articles, drawn at random but always the same ones."""
    drawn = Document.objects.published().order_by(MD5(Cast("pk", CharField())))[:MOST_OF_KNOWLEDGE]
    for title, questions, language in drawn.values_list("title", "questions", "language"):
        texts = [text.strip() for text in (title, *questions[:1])]
        yield from (Sample(text, KNOWLEDGE, language) for text in texts if text)


def of_nothing() -> Iterator[Sample]:
    for language in LANGUAGES:
        yield from (Sample(text, NOTHING, language) for text in stock_questions(language))
        yield from (Sample(text, EVERYDAY, language) for text in everyday(language))
