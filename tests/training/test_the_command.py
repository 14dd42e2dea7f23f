"""`manage.py train_router`: what it says, what it keeps, and how it ends."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assistant.models import Router
from llm.errors import ModelError
from tests.training.test_trainings import said_worse
from training import register
from training.models import Training

pytestmark = [pytest.mark.django_db(transaction=True)]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("train_router", *arguments, stdout=out)
    return out.getvalue()


def test_it_trains_at_once_and_says_how_well(flows: None) -> None:
    said = run()
    training = Training.objects.in_use().get()
    assert training.by_command and Training.objects.count() == 2
    assert f"Router training {training.pk} is in use." in said
    for words in (
        "examples of 4 flows",
        "By cross-validation",
        "that it had not learned",
        "No difference can be told",
    ):
        assert words in said


def test_a_dry_run_keeps_nothing(flows: None) -> None:
    before, router = Training.objects.get(), Router.objects.get()
    found: dict[str, Any] = json.loads(run("--dry-run", "--json"))
    assert (found["state"], found["number"]) == ("measured", None)
    assert found["right"] == before.figures["right"] and found["signature"] == before.signature
    assert found["compared"]["with"] == before.pk and found["held_out"] >= found["held_out_right"] > 0
    assert Training.objects.get() == before
    assert Router.objects.get().trained_at == router.trained_at
    assert "Nothing was kept." in run("--dry-run")


def test_one_that_waits_because_it_is_worse_ends_with_2(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    said_worse(monkeypatch)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 2
    assert Training.objects.candidates().count() == 1


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_where_there_is_nothing_to_learn_it_says_what_to_do(
    articles: None, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError, match="about ten examples, and publish it"):
        run(*arguments)


def test_without_vectors_nothing_is_changed(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any) -> Any:
        raise ModelError("unreachable")

    before = Router.objects.get()
    monkeypatch.setattr("assistant.routing.learning.embed_query", refuse)
    with pytest.raises(CommandError, match="EMBEDDING_BASE_URL"):
        run()
    assert Router.objects.get().training == before.training
    assert not Training.objects.open().exists()


def test_it_does_not_take_the_place_of_one_that_runs(flows: None) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    with pytest.raises(CommandError, match="under way already"):
        run()
