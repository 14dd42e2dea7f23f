"""Ask the index the questions of an evaluation, with the product's search or with a simpler one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.lexical import LexicalIndex
from knowledge.matching import match
from knowledge.measuring import Ask, Outcome, Question
from knowledge.query import Query, question_texts
from knowledge.reading import read
from knowledge.search import Results, asking_model, find, measure_with, search
from llm.embedding import embed_query

METHODS = ["fused", "words", "dense", "bm25"]
DEPTH = 50  # passages, enough for ten documents


def ask_with(method: str, sources: frozenset[int] | None) -> Ask:
    """`fused` is the product; the others are there to compare: each side alone, plain BM25 on articles."""
    if method == "bm25":
        return _ask_articles(LexicalIndex.of_sources(sources))

    def ask(question: Question) -> Outcome:
        query = query_of(question, sources)
        results = _results(method, query)
        follows = bool(question.history)
        reading = read(results.read_as or question.text, question.language, results, follows=follows)
        return Outcome(question, documents(results), refused=not reading.answers)

    return ask


def query_of(question: Question, sources: frozenset[int] | None) -> Query:
    return Query(question.text, question.history, question.language, sources)


def documents(results: Results) -> list[str]:
    """External ids of the documents found, best first."""
    named = (passage.external_id or str(passage.document_id) for passage in results.passages)
    return list(dict.fromkeys(named))


def _results(method: str, query: Query) -> Results:
    if method == "fused":
        return search(query, DEPTH)
    if method == "words":
        return replace(find(query, None, DEPTH), degraded=None)
    model = asking_model()
    vectors = [embed_query(text, model) for text in question_texts(query)]
    return _by_meaning(query, vectors, model.identity)


def _by_meaning(query: Query, vectors: Sequence[Sequence[float]], made_by: str) -> Results:
    """Vectors alone; the floor is the fused one, so that its refusals mean little."""
    space, floor, degraded = measure_with(query, vectors, made_by)
    passages, _ = match(query, vectors, space, floor.centre, DEPTH, words_share=0.0)
    return Results(passages[:DEPTH], floor.value, floor.spread, degraded, also=passages[DEPTH:])


def _ask_articles(index: LexicalIndex) -> Ask:
    def ask(question: Question) -> Outcome:
        return Outcome(question, index.search(question.text), refused=False)

    return ask
