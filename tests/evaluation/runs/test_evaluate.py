"""`manage.py evaluate`: what it prints, and with which code it ends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from evaluation.models import Run
from evaluation.runs import asking
from evaluation.runs.working import MOST_TRIES
from evaluation.suites.keeping import take_in
from evaluation.suites.yaml_form import SuiteFile
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def greetings(hello) -> None:
    scripts = (scenario(), scenario("Evening", "Good evening"))
    take_in(SuiteFile(suite="Greetings", scenarios=scripts), author=None)


def evaluate(*arguments: str) -> int:
    """The exit code."""
    try:
        call_command("evaluate", *arguments)
    except CommandError as error:
        print(error)
        return error.returncode
    return 0


def test_what_is_not_as_expected_is_printed_and_fails(greetings, capsys):
    assert evaluate("greetings") == 1
    printed = capsys.readouterr().out
    assert "✗ Greetings: Evening" in printed and "says: Good evening" in printed
    assert "→ Good day! [guided]" in printed
    assert "present: 1 of 2 (0.500; 95 %: 0.095 to 0.905)" in printed
    assert "0.500 as expected; wanted at least 1.000" in printed


def test_less_may_be_enough(greetings):
    assert evaluate("Greetings", "--fail-under", "0.5") == 0
    assert Run.objects.get().origin == "command"


def test_two_versions_are_compared(greetings, capsys):
    assert evaluate("Greetings", "--assistant", "ada@drafts", "--against", "present") == 1
    printed = capsys.readouterr().out
    assert "Too few to tell: only 2 of 2 scenarios came out differently" in printed
    assert "only “present” 1, only “drafts of hello” 1" in printed


def test_a_version_that_is_certainly_worse_fails(hello, tmp_path):
    scripts = tuple(scenario(f"Greeting {number}") for number in range(8))
    take_in(SuiteFile(suite="Many", scenarios=scripts), author=None)
    wanted = ("Many", "--assistant", "drafts", "--against", "present", "--fail-under", "0")
    assert evaluate(*wanted) == 1


def test_files_are_run_without_being_kept(hello, tmp_path: Path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text("name: A greeting\nturns:\n  - customer: Say hello\n    expects: {says: [Good day]}\n")
    assert evaluate(str(path)) == 0
    path.write_text("name: A greeting\nturns:\n  - customer: Say hello\n    expects: {sayz: [Good day]}\n")
    assert evaluate(str(path)) == 2
    assert "mine.yaml: Line 4" in capsys.readouterr().out


def test_questions_with_known_answers_are_run(hello, articles, tmp_path: Path, capsys):
    path = tmp_path / "asked.jsonl"
    path.write_text(
        '{"id": "1", "lang": "en", "question": "How long can I return a lamp?", "gold_id": "returns"}\n'
        '{"id": "2", "lang": "en", "question": "Who won the match?", "answerable": false}\n'
    )
    assert evaluate(str(path)) == 0
    printed = capsys.readouterr().out
    assert "right article among five 1 of 1" in printed and "Without an answer" in printed


def test_junit_is_written_for_build_servers(greetings, tmp_path: Path):
    assert evaluate("Greetings", "--junit", str(tmp_path / "junit.xml")) == 1
    root = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 (written by ourselves)
    (suite,) = root
    facts = {name: suite.attrib[name] for name in ("tests", "failures", "errors")}
    assert facts == {"tests": "2", "failures": "1", "errors": "0"}
    (failure,) = root.iter("failure")
    assert "Good evening" in failure.attrib["message"] and "assistant: Good day!" in failure.text


def test_an_interrupted_run_is_gone_on_with(ask, capsys):
    run = ask(scenario(), scenario("Again"))
    asking.stop(run.pk)
    assert evaluate("--resume", str(run.pk)) == 0
    assert "present: 2 of 2" in capsys.readouterr().out
    assert evaluate("--resume", str(run.pk)) == 2


def test_what_somebody_held_who_was_killed_is_waited_for(ask, capsys):
    run = ask(scenario(), scenario("Again"))
    soon = timezone.now() + timedelta(seconds=3)
    run.cases.filter(place=0).update(state="running", tries=1, held_until=soon)
    late = timezone.now() - timedelta(seconds=1)
    run.cases.filter(place=1).update(state="running", tries=MOST_TRIES, held_until=late)
    assert evaluate("--resume", str(run.pk)) == 2
    printed = capsys.readouterr().out
    assert "present: 1 of 1" in printed and "could not be run: interrupted" in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing",), "no suite and no file “nothing”. Suites: Greetings"),
        (("Greetings", "--assistant", "tomorrow"), "no version “tomorrow”"),
        (("Greetings", "--assistant", "eve@present"), "no assistant “eve”. Assistants: ada"),
        (("Greetings", "--fail-under", "80"), "from 0 to 1"),
    ],
)
def test_what_cannot_be_run_ends_with_two(greetings, capsys, arguments, words):
    assert evaluate(*arguments) == 2
    assert words in capsys.readouterr().out


def test_one_empty_line_at_most_stands_between(greetings, capsys):
    evaluate("Greetings", "--assistant", "ada@drafts", "--against", "present")
    assert "\n\n\n" not in capsys.readouterr().out
