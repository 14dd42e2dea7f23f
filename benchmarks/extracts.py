"""Answers without a model on questions with known answers, in the database that is configured.

    python -m benchmarks.extracts QUESTIONS.jsonl [--assistant SLUG] [--misses]

Import the knowledge first (`manage.py import_knowledge … --wait`). For each question with an answer: was one
given, does it cite a right article, and does it contain the words that answer (`gold_words`, `gold_span`,
`gold_passage`): all of them, at least 70 % of a span's, or for a passage half of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

LEAST = {"gold_words": 1.0, "gold_span": 0.7, "gold_passage": 0.5}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("questions", type=Path)
    parser.add_argument("--assistant", default="")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not options.questions.exists():
        sys.exit(f"skipped: {options.questions} is not here (see CAUSERIE_DATA in CONTRIBUTING.md)")
    start_django()
    rows = [json.loads(line) for line in options.questions.read_text().splitlines() if line.strip()]
    report(measure(rows, options.assistant, options.misses), rows)


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatbot.settings")
    import django

    django.setup()


def measure(rows: list[dict], slug: str, misses: bool) -> Counter[str]:
    from assistant.asking import ask, history_from
    from assistant.models import Assistant

    assistant = Assistant.objects.get(slug=slug) if slug else Assistant.objects.get(is_default=True)
    counts: Counter[str] = Counter()
    for row in rows:
        asked = ask(assistant, row["question"], history_from(row.get("history") or []))
        kind = "answerable" if row.get("answerable", True) else "unanswerable"
        counts.update([kind, f"{kind} {asked.answer.outcome}"])
        if kind == "answerable":
            score(row, asked.answer, counts, misses)
    return counts


def score(row: dict, answer, counts: Counter[str], misses: bool) -> None:
    right = {*row.get("acceptable_ids", []), row.get("gold_id")}
    cites = any(citation.external_id in right for citation in answer.citations)
    counts["cites right"] += cites
    counts["first is right"] += any(citation.external_id in right for citation in answer.citations[:1])
    for name, least in LEAST.items():
        if name in row:
            counts[name] += 1
            counts[f"{name} contained"] += shared(row[name], answer.text) >= least
    if misses and not cites:
        print(f"- {row['question']}\n    {answer.outcome}: {answer.text[:160]!r}")


def shared(gold: str, text: str) -> float:
    """The share of the gold words that the text has."""
    from knowledge.terms import tokenise

    words, said = tokenise(gold), set(tokenise(text))
    return sum(word in said for word in words) / max(len(words), 1)


def report(counts: Counter[str], rows: list[dict]) -> None:
    print(f"{len(rows)} questions")
    answerable = max(counts["answerable"], 1)
    for name in (
        "cites right",
        "first is right",
        "answerable answered",
        "answerable asked_back",
        "answerable declined",
    ):
        print(f"  {name:24} {counts[name] / answerable:.2f} of {answerable}")
    if counts["unanswerable"]:
        print(
            f"  {'unanswerable declined':24} {counts['unanswerable declined'] / counts['unanswerable']:.2f}"
        )
    for name in LEAST:
        if counts[name]:
            contained = counts[f"{name} contained"] / counts[name]
            print(f"  {name + ' contained':24} {contained:.2f} of {counts[name]}")


if __name__ == "__main__":
    main()
