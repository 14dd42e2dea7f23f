"""What is to be done next, and what becomes of an answer: without a database and without a provider."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from llm import fine_tuning
from llm.clients import CONNECT, POOL, WRITE
from llm.fine_tuning_errors import TuningError
from llm.fine_tuning_form import Job
from training.fine_tuning import life
from training.fine_tuning.life import Change, Facts, Step, Told, next_step, outcome
from training.fine_tuning.writing import LEASE

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SENT: dict[str, Any] = {"training_asked_at": NOW, "training_file": "file-1"}
AT_WORK: dict[str, Any] = {**SENT, "creation_asked_at": NOW, "job": "job-1", "state": life.RUNNING}


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({}, Step.UPLOAD_TRAINING),
        ({"training_asked_at": NOW}, Step.FIND_TRAINING),
        (SENT, Step.CREATE),
        ({**SENT, "validates": True}, Step.UPLOAD_VALIDATION),
        ({**SENT, "validates": True, "validation_asked_at": NOW}, Step.FIND_VALIDATION),
        ({**SENT, "validates": True, "validation_file": "file-2"}, Step.CREATE),
        ({**SENT, "creation_asked_at": NOW}, Step.FIND_JOB),
        ({**SENT, "creation_asked_at": NOW, "cancel_wanted": True}, Step.FIND_JOB),
        ({"cancel_wanted": True}, Step.STOP),
        ({**SENT, "cancel_wanted": True}, Step.STOP),
        (AT_WORK, Step.LOOK),
        ({**AT_WORK, "cancel_wanted": True}, Step.CANCEL),
        ({**AT_WORK, "cancel_wanted": True, "state": life.CANCELLING}, Step.LOOK),
        *[({"state": state}, Step.TIDY) for state in life.ENDED],
        *[({"state": state, "files_deleted": True}, Step.NOTHING) for state in life.ENDED],
    ],
)
def test_the_next_step(facts: dict[str, Any], step: Step) -> None:
    assert next_step(Facts(**facts)) == step


def of(facts: dict[str, Any], step: Step, told: Any) -> Change:
    return outcome(Facts(**facts), step, told, NOW)


@pytest.mark.parametrize("state", sorted(life.ENDED))
def test_what_has_ended_is_not_asked_for_again(state: str) -> None:
    """Whatever else stands in the row, a provider hears of it only to delete files."""
    for facts in ({}, SENT, AT_WORK, {**AT_WORK, "cancel_wanted": True}):
        assert next_step(Facts(**{**facts, "state": state})) == Step.TIDY


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("validating_files", life.WAITING),
        ("queued", life.WAITING),
        ("running", life.RUNNING),
        ("something", life.RUNNING),
        ("", life.RUNNING),
    ],
)
def test_a_state_of_the_provider_becomes_one_of_ours(status: str, state: str) -> None:
    change = of(AT_WORK, Step.LOOK, Told(job=Job("job-1", status)))
    assert change.values["state"] == state and change.delay


def test_a_model_without_a_name_is_waited_for_and_not_for_ever() -> None:
    job = Job("job-1", "succeeded")
    facts = {**AT_WORK, "status": "succeeded"}
    assert of(facts, Step.LOOK, Told(job=job)).values["state"] == life.RUNNING
    ended = of({**facts, "unchanged": life.WITHOUT_MODEL}, Step.LOOK, Told(job=job))
    assert (ended.values["state"], ended.values["error"]) == (life.FAILED, "no_model")


def test_a_creation_is_asked_for_again_only_when_it_cannot_be_on_its_way() -> None:
    asked = {**SENT, "creation_asked_at": NOW - life.SURE_AFTER + timedelta(seconds=20)}
    early = of(asked, Step.FIND_JOB, Told())
    assert early.delay == 20 and "creation_asked_at" not in early.values
    late = of({**SENT, "creation_asked_at": NOW - life.SURE_AFTER}, Step.FIND_JOB, Told())
    assert late.values == {"creation_asked_at": None}


@pytest.mark.parametrize("code", ["server_error", "timeout", "unreachable", "interrupted", "garbled"])
def test_a_creation_without_an_answer_may_have_happened(code: str) -> None:
    change = of(SENT, Step.CREATE, TuningError(code))
    assert "creation_asked_at" not in change.values and not change.ends


def test_a_creation_that_was_turned_away_has_not_happened() -> None:
    change = of({**SENT, "creation_asked_at": NOW}, Step.CREATE, TuningError("rate_limited", retry_after=99))
    assert change.values["creation_asked_at"] is None and change.delay == 99


@pytest.mark.parametrize("code", ["unauthorised", "other_host", "server_error", "not_offered"])
@pytest.mark.parametrize("permanent", [True, False])
def test_a_job_that_is_under_way_is_never_ended_by_what_we_cannot_see(code: str, permanent: bool) -> None:
    for failures in range(40):
        facts = {**AT_WORK, "failures": failures, "error": code}
        assert not of(facts, Step.LOOK, TuningError(code, permanent=permanent)).ends


def test_a_job_has_vanished_after_several_looks_that_say_so() -> None:
    gone = TuningError("vanished", permanent=True)
    failures, states = 0, []
    for _look in range(life.MISSES):
        change = of({**AT_WORK, "failures": failures, "error": "vanished"}, Step.LOOK, gone)
        failures = change.values["failures"]
        states.append(change.values.get("state"))
    assert states == [*[None] * (life.MISSES - 1), life.VANISHED]
    other = of({**AT_WORK, "failures": 9, "error": "server_error"}, Step.LOOK, gone)
    assert other.values["failures"] == 1, "a network that was away says nothing of it"


def test_a_request_is_given_up_by_all_before_it_is_sent_again_and_a_worker_before_another_one_comes() -> None:
    longest = CONNECT + POOL + WRITE + fine_tuning.PATIENCE_FOR_A_FILE
    assert longest < life.SURE_AFTER.total_seconds() < LEASE.total_seconds()
    assert LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT


def test_waits_grow_to_an_end() -> None:
    looks = [life.after(number) for number in range(40)]
    assert looks == sorted(looks) and looks[0] == life.SOON and looks[-1] == life.SELDOM
    pauses = [life.again(number) for number in range(40)]
    assert pauses == sorted(pauses) and pauses[-1] == life.MUCH_LATER
