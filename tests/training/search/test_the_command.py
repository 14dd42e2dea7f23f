"""`manage.py train_search`: what it says, what it keeps, and how it ends."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import EmbeddingSpace
from knowledge.weighing import Weighing, weigh, weighing_of
from llm.errors import ModelError
from tests.training.search.conftest import ASKED, NOWHERE
from training.search import register
from training.search.rows import SearchTraining

pytestmark = [pytest.mark.django_db(transaction=True)]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("train_search", *arguments, stdout=out)
    return out.getvalue()


def test_it_learns_at_once_and_says_how_well(questions: EmbeddingSpace) -> None:
    said = run()
    training = SearchTraining.objects.get()
    assert training.by_command and training.state == "refused"
    for words in (
        "30 saved questions with a known article, 12 that",
        "held-out questions",
        "Nothing is changed",
    ):
        assert words in said


def test_a_dry_run_keeps_nothing(questions: EmbeddingSpace) -> None:
    weigh(questions, Weighing(lift=1.5))
    found: dict[str, Any] = json.loads(run("--dry-run", "--json"))
    assert (found["state"], found["number"]) == ("measured", None)
    assert found["chosen"]["lift"] < 1.5 and found["compared"]["said"] == "better"
    ends = found["questions"]
    assert sum(sum(ends[part]["now"].values()) for part in ends) == len(ASKED) * 3 + len(NOWHERE)
    assert not SearchTraining.objects.exists()
    assert weighing_of(EmbeddingSpace.objects.get(live=True)).lift == 1.5
    assert "Nothing was kept." in run("--dry-run")


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_where_there_is_nothing_to_learn_it_says_what_to_do(
    shop: EmbeddingSpace, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError, match="Make scenarios that say which article they cite"):
        run(*arguments)


def test_without_vectors_nothing_is_changed(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: Any) -> Any:
        raise ModelError("unreachable")

    monkeypatch.setattr("training.search.asking.embed_query", refuse)
    with pytest.raises(CommandError, match="EMBEDDING_BASE_URL"):
        run()
    assert not SearchTraining.objects.open().exists()


def test_it_does_not_take_the_place_of_one_that_runs(questions: EmbeddingSpace) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    with pytest.raises(CommandError, match="under way already"):
        run()
