"""What an answer rests on: the passages that were found, quoted or held against a model's words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from assistant import composing, outcomes
from assistant.citations import Checked, check, foreign_claims
from assistant.composing import Draft
from assistant.events import Completed, Delta, Outcome, Progress, ReplyEvent, Sources
from assistant.evidence import Evidence
from assistant.extracts import choose_quotes
from assistant.looking_up import Found
from assistant.meaning import borne_out, likeness_of_units
from assistant.outcomes import Verdict
from knowledge.search import Passage

PASSAGES_WRITTEN_FROM = 5


def verdict_on(draft: Draft, *, strict: bool) -> Verdict:
    understood, found = draft.understood, found_for(draft)
    return outcomes.decide(
        found.query.text,
        found.results,
        found.reading,
        language=understood.language,
        follows=bool(understood.history),
        asked_before=understood.asked_before,
        strict=strict,
    )


def reading(passages: Sequence[Passage]) -> tuple[Progress, Sources]:
    """What is told while they are read."""
    sources = tuple(composing.citation_of(passage, n) for n, passage in enumerate(passages, 1))
    return Progress("found", {"title": passages[0].title}), Sources(sources)


def evidence_of(passages: Sequence[Passage]) -> list[Evidence]:
    return [Evidence(one.text, one.language, " ".join([one.title, *one.heading_path])) for one in passages]


def asked_in(draft: Draft) -> str:
    """The question as it was searched for and as it was put, and what staff have said for it: facts that
    stand in any of them may be repeated."""
    return f"{found_for(draft).query.text} {draft.understood.text} {draft.guidance.facts}".rstrip()


async def held_against(written: str, evidence: Sequence[Evidence], draft: Draft) -> tuple[Checked, Draft]:
    """What of it they support."""
    question, begun = asked_in(draft), time.perf_counter()
    # In threads, like all that computes for long: other answers stream through this loop.
    claims = await asyncio.to_thread(foreign_claims, written, evidence, draft.language, question)
    borne = await borne_out(claims, evidence)
    told = [Evidence(line, draft.language) for line in draft.guidance.facts.splitlines()]
    checked = await asyncio.to_thread(check, written, evidence, draft.language, question, borne, told)
    return checked, timed(draft, begun, "check")


async def quote(draft: Draft, started: float) -> AsyncGenerator[ReplyEvent, None]:
    found, passages = found_for(draft), _quotable(draft)
    verdict = verdict_on(draft, strict=True)
    if verdict.outcome is Outcome.DECLINED:
        yield Completed(composing.refuse(timed(draft, started), verdict))
        return
    likeness = await likeness_of_units(found.query.text, passages, draft.language)
    quotes = await asyncio.to_thread(
        choose_quotes, passages, found.results.weights, draft.language, likeness, question=found.query.text
    )
    if not quotes:
        yield Completed(composing.decline(timed(draft, started).because("nothing_to_quote")))
        return
    answer = composing.quoted(timed(draft, started), quotes[: 1 if draft.brief else None], passages)
    if not draft.prompt:  # else words of the model were shown, and the completed answer replaces them
        yield Delta(answer.text)
    yield Completed(answer)


def readable(draft: Draft) -> list[Passage]:
    return list(found_for(draft).passages[:PASSAGES_WRITTEN_FROM])


def _quotable(draft: Draft) -> list[Passage]:
    """The same with the scores that the search gave to their places: quotes are weighed by how far a passage
    is behind the first, which must not undo a reranker's order."""
    scores = [passage.score for passage in found_for(draft).results.passages]
    return [replace(one, score=score) for one, score in zip(readable(draft), scores, strict=False)]


def found_for(draft: Draft) -> Found:
    if draft.found is None:
        raise ValueError("this step comes after the search")
    return draft.found


def timed(draft: Draft, started: float, step: str = "total") -> Draft:
    return replace(draft, timings={**draft.timings, step: (time.perf_counter() - started) * 1000})
