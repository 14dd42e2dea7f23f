"""Put an answer together: fixed words, quotes or checked text, with citations and reasons. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.citations import Checked
from assistant.events import Answer, Citation, HandoffReason, Option, Outcome, Route
from assistant.extracts import Quote, cite
from assistant.guidance.held import NOTHING, Held
from assistant.looking_up import Found
from assistant.offers import declines_in_a_row, reason_to_accept
from assistant.outcomes import Verdict
from assistant.phrases import name_of_language, say
from assistant.tools.results import Result
from assistant.understanding import ACCEPTED, Understood, Way
from knowledge.pinning import pinned
from knowledge.search import Passage
from llm.messages import ChatMessage
from llm.pricing import Usage


@dataclass(frozen=True)
class Draft:
    """What is known of a reply while it is being made."""

    understood: Understood
    state: Mapping[str, Any]
    found: Found | None = None
    reasons: tuple[str, ...] = ()
    prompt: tuple[ChatMessage, ...] = ()
    model: str = ""
    degraded: str = ""
    brief: bool = False  # one quote will do: there are other questions to answer
    usage: Usage | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    calls: tuple[dict[str, Any], ...] = ()  # of tools
    guidance: Held = NOTHING  # the rows of staff that hold

    @property
    def language(self) -> str:
        return self.understood.language

    def because(self, *reasons: str) -> Draft:
        return replace(self, reasons=(*self.reasons, *reasons))


def finish(
    draft: Draft,
    text: str,
    outcome: Outcome,
    *,
    kind: str,
    citations: Sequence[Citation] = (),
    options: Sequence[Option] = (),
    handoff_reason: HandoffReason | None = None,
) -> Answer:
    return Answer(
        text=text,
        outcome=outcome,
        language=draft.language,
        citations=tuple(citations),
        options=tuple(options),
        handoff_reason=handoff_reason,
        usage=draft.usage,
        route=_route(draft, kind),
        state={**draft.state, "language": draft.language},
    )


def _route(draft: Draft, kind: str) -> Route:
    found = draft.found
    return Route(
        kind=kind,
        language=draft.language,
        query=found.query.text if found else draft.understood.text,
        passages=tuple(describe(one, found.relevance) for one in found.passages) if found else (),
        floor=found.results.floor if found else None,
        prompt=tuple({"role": message.role, "content": message.content} for message in draft.prompt),
        reasons=(*draft.understood.reasons, *(found.reasons if found else ()), *draft.reasons),
        timings={name: round(value, 1) for name, value in draft.timings.items()},
        model=draft.model,
        degraded=draft.degraded or (found.results.degraded or "" if found else ""),
        calls=draft.calls,
    )


def describe(passage: Passage, relevance: Mapping[int, float]) -> dict[str, Any]:
    """A passage as staff see it in a trace: small, fit for JSON. `relevance` is the reranker's, by chunk."""
    return {
        "chunk": passage.chunk_id,
        "document": passage.document_id,
        "external_id": passage.external_id,
        "title": passage.title,
        "heading": " › ".join(passage.heading_path),
        "language": passage.language,
        "url": passage.url,
        "score": round(passage.score, 4),
        "dense": round(passage.dense, 4) if passage.dense is not None else None,
        "words": round(passage.words, 4),
        **({"by_question": passage.by_question} if passage.by_question else {}),
        **({"relevance": relevance[passage.chunk_id]} if passage.chunk_id in relevance else {}),
        "text": passage.text[:300],
    }


def without_search(draft: Draft, name: str) -> Answer:
    """The reply to a message that asks nothing of the knowledge. `name` is the assistant's."""
    understood, language = draft.understood, draft.language
    if understood.way is Way.HANDOFF:
        return hand_off(draft)
    if understood.way is Way.OUT_OF_SCOPE:
        return decline_topic(draft)
    if understood.way is Way.EMPTY or understood.courtesy is None:
        return finish(draft, say("more", language), Outcome.ASKED_BACK, kind="ask_back")
    options = [person_option(language)] if understood.courtesy == "bot" else []
    text = say(understood.courtesy, language, name=name)
    return finish(draft, text, Outcome.ANSWERED, kind="small_talk", options=options)


def hand_off(draft: Draft) -> Answer:
    accepted = ACCEPTED in draft.understood.reasons
    reason = reason_to_accept(draft.understood.before, draft.state) if accepted else None
    return finish(
        draft,
        say("handoff", draft.language),
        Outcome.HANDOFF,
        kind="handoff",
        handoff_reason=reason or HandoffReason.CUSTOMER_REQUEST,
    )


def decline(draft: Draft) -> Answer:
    """Say so honestly and offer a person; when it happens again, do not ask for other words again."""
    again = declines_in_a_row(draft.understood.before) >= 1
    return _decline(draft, "declined_again" if again else "declined", HandoffReason.MISSING_KNOWLEDGE)


def decline_topic(draft: Draft) -> Answer:
    """The same for what the assistant must not deal with."""
    return _decline(draft, "out_of_scope", HandoffReason.UNSUPPORTED_REQUEST)


def _decline(draft: Draft, phrase: str, why: HandoffReason) -> Answer:
    draft = replace(draft, state={**draft.state, "declined_for": why})
    options = [person_option(draft.language)]
    return finish(draft, say(phrase, draft.language), Outcome.DECLINED, kind="declined", options=options)


def ask_back(draft: Draft, topics: Sequence[str]) -> Answer:
    options = [Option(label=title, text=title) for title in topics]
    text = say("which" if topics else "more", draft.language)
    return finish(draft, text, Outcome.ASKED_BACK, kind="ask_back", options=options)


def refuse(draft: Draft, verdict: Verdict) -> Answer:
    """What is said when the verdict is not to answer."""
    draft = draft.because(*verdict.reasons)
    return ask_back(draft, verdict.topics) if verdict.outcome is Outcome.ASKED_BACK else decline(draft)


def person_option(language: str) -> Option:
    return Option(label=say("person_label", language), text=say("person_text", language))


def quoted(draft: Draft, quotes: Sequence[Quote], passages: Sequence[Passage]) -> Answer:
    """The quotes with their numbers; in front of them a line that says so if they are in another language."""
    parts = []
    citations = []
    for number, quote in enumerate(quotes, 1):
        passage = passages[quote.passage]
        parts.append(cite(quote, number, passage.title))
        citations.append(citation_of(passage, number, quote.plain))
    if lead := _lead(draft, passages[quotes[0].passage].language):
        parts.insert(0, lead)
    return finish(draft, "\n\n".join(parts), Outcome.ANSWERED, kind="extract", citations=citations)


def _lead(draft: Draft, quoted_language: str) -> str:
    """What a customer must know before reading the quote, or ""."""
    if draft.found and draft.found.read_as:
        return say("read_as", draft.language, question=draft.found.read_as)
    if quoted_language != draft.language:
        spoken = name_of_language(quoted_language, draft.language)
        return say("other_language", draft.language, language=spoken)
    names = draft.found.reading.unmentioned if draft.found else ()
    return say("unmentioned", draft.language, names=", ".join(names)) if names else ""


def written(draft: Draft, checked: Checked, sources: Sequence[Passage | Result]) -> Answer:
    citations = [
        _cited(sources[used - 1], number, quote, draft.language)
        for number, (used, quote) in enumerate(zip(checked.used, checked.quotes, strict=True), 1)
    ]
    reasons = (f"dropped_{checked.dropped}",) if checked.dropped else ()
    kind = "tool" if any(isinstance(sources[used - 1], Result) for used in checked.used) else "knowledge"
    return finish(draft.because(*reasons), checked.text, Outcome.ANSWERED, kind=kind, citations=citations)


def _cited(source: Passage | Result, number: int, quote: str, language: str) -> Citation:
    if isinstance(source, Result):
        return source.citation(number, language)
    return citation_of(source, number, quote)


def citation_of(passage: Passage, number: int, quote: str = "") -> Citation:
    return Citation(
        number=number,
        chunk_id=passage.chunk_id,
        document_id=passage.document_id,
        revision_id=passage.revision_id,
        external_id=passage.external_id,
        title=passage.title,
        heading=" › ".join(passage.heading_path),
        url=pinned(passage.url, revision=passage.revision_id, passage=passage.text),
        language=passage.language,
        quote=quote,
        passage=passage.text,
    )
