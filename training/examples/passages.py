"""The passages that stand before a question: those that the reply saw then, or would find now.

An answer is learned together with what it rests on, so that a model learns to read and not to remember.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evidence import Evidence
from assistant.grounding import PASSAGES_WRITTEN_FROM
from assistant.models import Assistant
from conversations.models import Citation, Message
from knowledge.matching import Passage
from knowledge.models import Chunk, Document
from knowledge.search import Query, search
from knowledge.seen import place_of

KNOWN = 300  # characters of a passage that a trace keeps
Audience = Document.Audience


@dataclass(frozen=True)
class Read:
    """`document`: None where it is gone. `text` as it was then."""

    title: str
    heading: tuple[str, ...]
    text: str
    language: str
    document: Document | None

    @property
    def why_not(self) -> str:
        """Why it must not be learned from; a code of training.examples.words."""
        if self.document is None or self.document.status != Document.Status.PUBLISHED:
            return "withdrawn"
        if self.document.audience != Audience.EVERYONE:
            return "audience"
        return "" if self.document.source.for_training else "licence"

    @property
    def is_changed(self) -> bool:
        """Whether the article says something else by now."""
        return self.document is not None and place_of(self.text, self.document.body) is None

    @property
    def licence(self) -> str:
        return self.document.source.licence if self.document else ""

    def as_passage(self) -> Passage:
        """As prompts take it, which read nothing else of it."""
        return Passage(
            chunk_id=0, document_id=0, revision_id=0, source_id=0, external_id="", language=self.language,
            original_url="", title=self.title, heading_path=list(self.heading), anchor="", text=self.text,
            score=0.0, dense=None, words=0.0,
        )  # fmt: skip

    def as_evidence(self) -> Evidence:
        return Evidence(self.text, self.language, " ".join([self.title, *self.heading]))


def cited_in(answer: Message) -> dict[int, Read]:
    """By the number under the answer, as the answer saw them."""
    kept = answer.citations.select_related("document__source").order_by("number")
    return {citation.number: _of_citation(citation) for citation in kept}


def _of_citation(citation: Citation) -> Read:
    heading = tuple(filter(None, citation.heading.split(" › ")))
    return Read(citation.title, heading, citation.passage, citation.language, citation.document)


def read_for(answer: Message, cited: Iterable[Read]) -> list[Read]:
    """What the reply had before it, in its order: what it cited, and what it did not. Of the latter only a
    beginning was kept: it is taken where the passage still begins so and may be learned from."""
    trace = getattr(answer, "trace", None)
    told = trace.route.get("passages", ())[:PASSAGES_WRITTEN_FROM] if trace else ()
    chunks = _chunks(told)
    rest, found = list(cited), list[Read]()
    for one in told:
        same = next((read for read in rest if read.text[:KNOWN] == one.get("text")), None)
        if same is not None:
            rest.remove(same)
            found.append(same)
        elif (chunk := chunks.get(one.get("chunk"))) and chunk.text[:KNOWN] == one.get("text"):
            found.append(_of_chunk(chunk))
    return [one for one in found if one in cited or not one.why_not] + rest


def _chunks(told: Sequence[dict[str, Any]]) -> dict[Any, Chunk]:
    return Chunk.objects.select_related("document__source").in_bulk([one.get("chunk") for one in told])


def _of_chunk(chunk: Chunk) -> Read:
    document = chunk.document
    return Read(document.title, tuple(chunk.heading_path), chunk.text, document.language, document)


def found_now(assistant: Assistant, question: str, history: tuple[str, ...], language: str) -> list[Read]:
    """What a customer's question finds today, as far as it may be learned from."""
    sources = frozenset(assistant.sources.values_list("pk", flat=True)) or None
    results = search(Query(question, history, language, sources), PASSAGES_WRITTEN_FROM)
    keys = [passage.chunk_id for passage in results.passages]
    chunks = Chunk.objects.select_related("document__source").in_bulk(keys)
    return [read for key in keys if key in chunks and not (read := _of_chunk(chunks[key])).why_not]
