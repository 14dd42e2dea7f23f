"""Questions with known answers (the JSONL that `manage.py evaluate_retrieval` reads) as a suite. Pure.

Each becomes a scenario: what was said before, the question, and that the answer cites a right article; of a
question without an answer, that nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.imported_tests import free_name
from evaluation.scripted import Expected, Outcome, Script, Turn
from evaluation.suites.yaml_form import SuiteFile
from knowledge.measuring import Question

NOT_ANSWERED: tuple[Outcome, ...] = ("declined", "asked_back", "handoff")
LONGEST_NAME = 120


def suite_of(questions: Sequence[Question], name: str) -> SuiteFile:
    """Raises ValueError where there are none."""
    used: set[str] = set()
    scripts = tuple(_script(one, used) for one in questions)
    return SuiteFile(suite=name[:100], scenarios=scripts)


def _script(question: Question, used: set[str]) -> Script:
    before = [Turn(customer=text) for text in question.history]
    expected = (
        Expected(cites_one=tuple(sorted(question.acceptable)))
        if question.answerable
        else Expected(outcome=NOT_ANSWERED)
    )
    return Script(
        name=free_name(" ".join(question.text.split())[:LONGEST_NAME] or "?", used),
        language=question.language,
        situation="knowledge" if question.answerable else "no_answer",
        turns=(*before, Turn(customer=question.text, expects=expected)),
    )
