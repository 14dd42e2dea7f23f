"""The suites that ship with the sample company are green without a model: what `make run` begins with."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from assistant.routing.catching_up import train_if_changed
from evaluation.models import Run

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_of_it_is_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_sample", wait=True)
    assert train_if_changed()
    call_command("evaluate")  # raises where it is not
    run = Run.objects.get()
    assert run.total > 150 and run.figures[0]["passed"] == {"met": run.total, "of": run.total}
    assert set(run.figures[0]["situations"]) >= {
        "happy_path", "correction", "cancellation", "digression", "clarification", "handoff", "knowledge",
        "no_answer", "injection", "language",
    }  # fmt: skip
