"""What a reranker makes of the search's order: a column of `benchmarks/retrieval.py` where one is named."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

from assistant.looking_up import ASKED_CHARACTERS, texts_of
from knowledge.asking import documents, query_of
from knowledge.measuring import Ask, Outcome, Question
from knowledge.query import conversation
from knowledge.search import search
from llm.errors import ModelError
from llm.rerank_form import MOST_DOCUMENTS
from llm.reranking import Reranker, rerank


def ask_reranked(
    sources: frozenset[int] | None, model: Reranker, runner: asyncio.Runner, failed: Counter[str]
) -> Ask:
    """As a reply would, all the candidates kept; where it fails, in the search's order, and counted by code.

    It refuses nothing: whether to answer stays with the search.
    """

    def ask(question: Question) -> Outcome:
        query = query_of(question, sources)
        results = search(query, MOST_DOCUMENTS)
        found = results.passages
        if found:
            read = conversation(replace(query, text=results.read_as or query.text))
            asked = rerank(read[-ASKED_CHARACTERS:], texts_of(found), model=model, keep=len(found))
            try:
                found = [found[place] for place, _score in runner.run(asked).places]
            except ModelError as error:
                failed[error.code] += 1
        return Outcome(question, documents(replace(results, passages=found)), refused=False)

    return ask
