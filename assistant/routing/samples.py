"""What the router learns from: the flows' own examples, what the knowledge answers, what is off topic."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
FORM = 5  # of what is kept: another one is learned anew
MOST_OF_KNOWLEDGE = 200  # articles, by title and first question; each costs 40 ms once


@dataclass(frozen=True, order=True)
class Sample:
    """Words, and the flow that they begin: its key, or one of `NO_FLOWS`."""

    text: str
    label: str


def gather(*drafts: Graph) -> list[Sample]:
    """In a fixed order, each text once; of two flows that claim the same words the first has them.

    `drafts` stand in the place of their published versions, as if they were published.
    """
    samples: dict[str, Sample] = {}
    for sample in [*of_flows(_published(drafts)), *of_knowledge(), *of_nothing()]:
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
    return hashlib.blake2b(
        f"{FORM}|{identity}|{has_flows()}|{list(versions)}|{articles.bit_length()}".encode(), digest_size=16
    ).hexdigest()


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
        yield from (Sample(text, graph.key) for text in _texts(graph.examples, graph.name))
    for graph in graphs:
        yield from (Sample(text, KNOWLEDGE) for text in _texts(graph.unlike, {}))


def _texts(lines: Lines, names: Text) -> list[str]:
    texts = [text for several in lines.values() for text in several] + list(names.values())
    return [text.strip() for text in texts if text.strip()]


def of_knowledge() -> Iterator[Sample]:
    """Titles and questions of some articles, drawn at random but always the same ones."""
    drawn = Document.objects.published().order_by(MD5(Cast("pk", CharField())))[:MOST_OF_KNOWLEDGE]
    for title, questions in drawn.values_list("title", "questions"):
        yield from (Sample(text.strip(), KNOWLEDGE) for text in (title, *questions[:1]) if text.strip())


def of_nothing() -> Iterator[Sample]:
    for language in LANGUAGES:
        yield from (Sample(text, NOTHING) for text in stock_questions(language))
        yield from (Sample(text, EVERYDAY) for text in everyday(language))
