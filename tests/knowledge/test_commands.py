"""What is typed on the command line is refused with what is expected; progress does not flood a terminal."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from knowledge.management.commands.search import language_of
from knowledge.progress_line import CLEAR, ProgressLine


@pytest.mark.parametrize("limit", ["-3", "0", "many"])
def test_a_number_of_passages_is_at_least_one(limit: str) -> None:
    with pytest.raises(CommandError, match=f"--limit: '{limit}' is not a whole number of at least 1"):
        call_command("search", "refund", f"--limit={limit}")


def test_permits_and_ports_are_numbers_that_can_be() -> None:
    with pytest.raises(CommandError, match="--permits: '0' is not a whole number of at least 1"):
        call_command("responder", "--permits=0")
    with pytest.raises(CommandError, match="--port: '99999' is not a port from 1 to 65535"):
        call_command("web", "--port=99999")


def test_a_language_that_is_not_spoken_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(CommandError, match="--lang: invalid choice: 'de' .choose from '?en'?, '?fr'?"):
        call_command("search", "refund", "--lang=de")


def test_a_search_is_in_the_language_of_its_words() -> None:
    assert language_of("Combien de temps dure la garantie ?") == "fr"
    assert language_of("How long is the warranty?") == "en"


@pytest.mark.parametrize("text", ["", "\n\n", "not JSON\n", json.dumps({"id": "1"})])
def test_a_file_without_questions_is_refused_with_what_a_line_looks_like(tmp_path: Path, text: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(text)
    with pytest.raises(CommandError, match='each line is one, as JSON, for example {"id"'):
        call_command("evaluate_retrieval", str(path))


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_one_line_that_changes() -> None:
    terminal = Terminal()
    line = ProgressLine(OutputWrapper(terminal))
    for number in range(50):
        line.show(f"{number} of 50")
    line.end("50 of 50")
    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().endswith(f"{CLEAR}49 of 50{CLEAR}50 of 50\n")


def test_a_file_gets_a_line_now_and_then_and_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(1000))
    monkeypatch.setattr("time.monotonic", lambda: float(next(seconds)))
    file = StringIO()
    line = ProgressLine(OutputWrapper(file))
    for number in range(50):
        line.show(f"{number} of 50")
    line.end("50 of 50")
    lines = file.getvalue().splitlines()
    assert lines[0] == "0 of 50"
    assert lines[-1] == "50 of 50"
    assert len(lines) < 15
