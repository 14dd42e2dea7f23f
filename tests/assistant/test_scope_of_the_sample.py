"""The sample's objective refuses what it should, and none of the questions that its articles answer."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from assistant.asking import ask
from assistant.events import Answer
from assistant.management.commands.load_sample import SAMPLE
from assistant.models import Assistant

pytestmark = pytest.mark.django_db(transaction=True)
# 10 of the 60 when this was last counted; most others are below the floor or doubted, and declined for that.
LEAST_REFUSED = 7
# Once refused for "Other shops' products": a line must not name what the company itself has.
ABOUT_THE_COMPANY = [
    "Where is the nearest shop?",
    "Where is my nearest boutique",
    "Do you have a shop near me?",
]


def questions(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [row["question"] for row in rows if row.get("answerable", True)]


def refused(answer: Answer) -> bool:
    reasons = answer.route.reasons if answer.route else ()
    return any(reason.startswith("out_of_scope") for reason in reasons)


def test_the_lines_refuse_what_is_out_of_scope_and_nothing_that_was_answered() -> None:
    call_command("load_sample", wait=True)
    with_lines = Assistant.objects.get()
    without = Assistant.objects.get()
    without.out_of_scope = ""
    assert [one for one in ABOUT_THE_COMPANY if refused(ask(with_lines, one).answer)] == []
    asked = questions(SAMPLE / "questions.jsonl")
    wrongly = [one for one in asked if refused(ask(with_lines, one).answer)]
    assert [one for one in wrongly if ask(without, one).answer.outcome == "answered"] == []
    forbidden = questions(Path(__file__).parent / "out_of_scope.jsonl")
    assert sum(refused(ask(with_lines, one).answer) for one in forbidden) >= LEAST_REFUSED
