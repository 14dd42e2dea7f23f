"""`manage.py evaluate_retrieval QUESTIONS.jsonl`: how good search is on questions with known answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.asking import METHODS, ask_with
from knowledge.management.commands.search import source_ids
from knowledge.measuring import Figures, Outcome, measure, read_questions

EXPECTED = (
    'each line is one, as JSON, for example {"id": "q1", "lang": "en", "question": "Where is my parcel?", '
    '"acceptable_ids": ["track-your-parcel"]}, or with "answerable": false what must be refused'
)


class Command(BaseCommand):
    help = "Measure search on a file of questions: hits, ranks, and what is refused rightly and wrongly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questions", type=Path, help="JSON lines: id, lang, question, acceptable_ids, …")
        parser.add_argument("--source", help="name of the only source to search")
        parser.add_argument("--method", choices=METHODS, default="fused")
        parser.add_argument("--misses", action="store_true", help="also list the questions that went wrong")
        parser.add_argument("--json", action="store_true", help="print JSON instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            questions = read_questions(options["questions"])
        except OSError as error:
            raise CommandError(str(error)) from error
        except ValueError as error:
            raise CommandError(f"{error}; {EXPECTED}.") from error
        if not questions:
            raise CommandError(f"{options['questions']} has no questions: {EXPECTED}.")
        ask = ask_with(options["method"], source_ids(options["source"]))
        figures, outcomes = measure(questions, ask)
        if options["json"]:
            self.stdout.write(json.dumps({**figures.as_json(), "questions": _rows(outcomes)}, indent=2))
        else:
            self.stdout.write(as_text(figures))
        if options["misses"] and not options["json"]:
            self.stdout.write("\n".join(_miss(outcome) for outcome in outcomes if went_wrong(outcome)))


def as_text(figures: Figures) -> str:
    lines = [f"{figures.answerable} answerable, {figures.unanswerable} unanswerable"]
    if figures.answerable:
        hits = "  ".join(f"hit@{depth} {share:.3f}" for depth, share in figures.hits.items())
        lines.append(f"{hits}  MRR@10 {figures.mrr:.3f}  nDCG@10 {figures.ndcg:.3f}")
        lines.append(f"wrongly refused {figures.wrongly_refused:.3f}")
    if figures.refused is not None:
        lines.append(f"rightly refused {figures.refused:.3f}")
    return "\n".join(lines)


def went_wrong(outcome: Outcome) -> bool:
    if not outcome.question.answerable:
        return not outcome.refused
    return outcome.refused or outcome.rank is None or outcome.rank > 5


def _miss(outcome: Outcome) -> str:
    place = f"rank {outcome.rank}" if outcome.rank else "not found"
    state = "refused" if outcome.refused else "answered"
    return f"{outcome.question.id}  {state}, {place}: {outcome.question.text}"


def _rows(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "id": outcome.question.id,
            "rank": outcome.rank,
            "refused": outcome.refused,
            "found": list(outcome.found[:10]),
        }
        for outcome in outcomes
    ]
