"""What the questions that articles answer bring to a search. Without a database: part of docs/figures.md.

    python -m benchmarks.asked --questions FILE [--base gnome-en] [--data DIR]

FILE has a line of JSON for each article: its `id`, and the `questions` that it answers, written by a model
that has seen neither the questions of the sets nor that they exist. The last column is of a help centre in
which only every second article has any. What is refused goes by scores, which such questions do not change.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.offline_django import set_up

if TYPE_CHECKING:  # only after Django is set up
    from benchmarks.offline_search import Index
    from knowledge.measuring import Question

ROOT = Path(__file__).resolve().parent.parent
DEPTH = 200  # passages, so that ten articles are among them


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--base", default="gnome-en")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text().splitlines()]
    set_up()
    run(options.data, options.base, {row["id"]: row["questions"] for row in rows})


def run(data: Path, name: str, written: Mapping[str, Sequence[str]]) -> None:
    from benchmarks.offline_bases import load_bases
    from benchmarks.offline_search import Index
    from benchmarks.reading_step import sets_of

    [base] = [one for one in load_bases(data) if one.name == name]
    half = {one.id: written.get(one.id, ()) for one in base.articles[::2]}
    indexes = [Index(base, questions) for questions in ({}, written, half)]
    show("hit@1 / hit@5 / MRR@10")
    refused = []
    for title, questions in sets_of(data, name):
        answerable = [one for one in questions if one.answerable]
        if answerable:
            cells = " | ".join(found(index, answerable) for index in indexes)
            print(f"| {title} | {len(answerable)} | {cells} |", flush=True)
        shares = " | ".join(f"{declined(index, questions):.3f}" for index in indexes)
        refused.append(f"| {title} | {len(questions)} | {shares} |")
    show("declined by the reading step")
    print("\n".join(refused))


def show(title: str) -> None:
    print(f"\n| {title} | n | without | with | every second article |\n|---|---|---|---|---|")


def found(index: Index, questions: Sequence[Question]) -> str:
    places = np.array([place(index, one) for one in questions])
    mrr = np.where(places <= 10, 1 / places, 0).mean()
    return f"{(places == 1).mean():.3f} / {(places <= 5).mean():.3f} / {mrr:.3f}"


def place(index: Index, question: Question) -> int:
    """Of the best article that answers, among articles."""
    from knowledge.query import Query

    query = Query(question.text, question.history, question.language)
    passages = index.search(query, limit=DEPTH).passages
    articles = list(dict.fromkeys(passage.external_id for passage in passages))
    return min((articles.index(one) + 1 for one in question.acceptable if one in articles), default=DEPTH)


def declined(index: Index, questions: Sequence[Question]) -> float:
    from knowledge.query import Query
    from knowledge.reading import read

    answers = [
        read(one.text, one.language, index.search(query), follows=bool(one.history)).answers
        for one in questions
        for query in [Query(one.text, one.history, one.language)]
    ]
    return 1 - float(np.mean(answers))


if __name__ == "__main__":
    main()
