"""`manage.py fine_tune`: what it says before anything is sent, and how it ends."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.modelserver.control import ModelServer
from training.fine_tuning import life
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that is looked at all the time."""
    monkeypatch.setattr(life, "SOON", 0.0)
    monkeypatch.setattr("training.fine_tuning.told.PAUSE", 0.01)


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("fine_tune", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


BEGIN = ("begin", "--dataset", "Answers", "--model", "scripted", "--epochs", "2")


def test_without_yes_it_says_what_would_be_sent_and_sends_nothing(
    provider: ModelServer, dataset: Dataset
) -> None:
    code, _out, err = run(*BEGIN)
    assert code == 2 and "15 texts would be sent to 127.0.0.1" in err and "--yes" in err
    assert not FineTuning.objects.exists() and provider.log()["total"] == 0


def test_it_is_begun_and_waited_for_without_a_worker(provider: ModelServer, dataset: Dataset) -> None:
    code, out, _err = run(*BEGIN, "--yes", "--wait", "60", "--json")
    found = json.loads(out)
    assert (code, found["state"]) == (0, "succeeded") and found["tuned_model"].startswith("ft:")
    assert FineTuning.objects.get().by_command
    assert run("status")[0] == 0 and run("status", str(found["number"]))[0] == 0


def test_while_it_goes_on_it_ends_with_two(provider: ModelServer, dataset: Dataset) -> None:
    code, out, _err = run(*BEGIN, "--yes")
    assert code == 2 and "waits to be sent" in out


def test_a_refusal_says_why_and_what_to_do_and_ends_with_three(
    provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(fault="training_not_available")
    code, out, _err = run(*BEGIN, "--yes", "--wait", "60")
    assert code == 3 and "does not offer fine-tuning to your organisation" in out
    assert "6 January 2027" in out and "nothing is charged" in out


def test_it_is_cancelled(provider: ModelServer, dataset: Dataset) -> None:
    provider.tune(steps=10_000)
    run(*BEGIN, "--yes")
    row = FineTuning.objects.get()
    assert run("cancel", str(row.pk), "--wait", "60")[0] == 3
    row.refresh_from_db()
    assert row.state == "cancelled"
    with pytest.raises(CommandError, match="could not be cancelled"):
        run("cancel", str(row.pk))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status",), "There is no such fine-tuning"),
        (("status", "77"), "There is no such fine-tuning"),
        (("begin", "--dataset", "Other", "--model", "m"), "There is no dataset “Other”"),
        (("begin", "--dataset", "9" * 40, "--model", "m"), "There is no dataset"),
    ],
)
def test_what_there_is_not_is_said(
    provider: ModelServer, dataset: Dataset, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)


def test_without_a_provider_it_says_which_setting(
    provider: ModelServer, dataset: Dataset, settings: Any
) -> None:
    settings.OPENAI_BASE_URL = settings.OPENAI_API_KEY = ""
    with pytest.raises(CommandError, match="FINE_TUNING_BASE_URL"):
        run(*BEGIN)
