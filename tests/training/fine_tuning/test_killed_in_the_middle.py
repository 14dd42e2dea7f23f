"""A worker that dies at any step begins no second job, which would be paid for, and loses none.

It dies between what the provider was asked and what is written down of it: the step is done at the provider,
and nothing comes back.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections, connections
from django.utils import timezone

from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.making import begun, let_time_pass, settled, sweep, until
from training.fine_tuning import going_on, writing
from training.fine_tuning.acting import News, act
from training.fine_tuning.life import Change, Step, next_step, outcome
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]
State = FineTuning.State


def dies_in(step: Step, row: FineTuning) -> None:
    """Every step before it is done as it should be; in this one the worker dies after asking."""
    for _step in range(30):
        let_time_pass(row)
        taken = writing.take(timezone.now(), pk=row.pk)
        assert taken is not None
        at, now = next_step(writing.facts_of(taken)), timezone.now()
        if at == step:
            assert writing.announce(taken, step, now)
            act(taken, step)
            return
        assert going_on.one_step(taken, at, now)
    raise AssertionError(f"it never came to {step}")


STEPS = [
    Step.UPLOAD_TRAINING,
    Step.UPLOAD_VALIDATION,
    Step.CREATE,
    Step.LOOK,
    Step.TIDY,
]


@pytest.mark.parametrize("step", STEPS)
def test_there_is_one_job_and_each_file_once(provider: ModelServer, dataset: Dataset, step: Step) -> None:
    row = begun(dataset)
    dies_in(step, row)
    assert sweep(row).leased_until, "nobody else is at it while it may be alive"
    let_time_pass(row)
    row = settled(row)
    told = provider.tuned()
    assert (row.state, len(told["jobs"]), told["files"]) == (State.SUCCEEDED, 1, [])
    assert row.job == told["jobs"][0]["id"] and len(told["deleted"]) == 2


@pytest.mark.parametrize("fault", ["no_metadata", None])
@pytest.mark.parametrize("on", ["upload", "create"])
def test_an_answer_that_is_lost_is_looked_for(
    provider: ModelServer, dataset: Dataset, on: str, fault: str | None
) -> None:
    provider.tune(fault="lost", on=on, times=1)
    row = sweep(begun(dataset))
    if on == "create":
        assert not row.job and row.creation_asked_at
    provider.tune(fault=fault)
    let_time_pass(row)
    row = settled(row)
    assert row.state == State.SUCCEEDED and len(provider.tuned()["jobs"]) == 1
    assert len(provider.tuned()["deleted"]) == 2


def test_without_a_list_of_jobs_it_is_a_person_who_looks(provider: ModelServer, dataset: Dataset) -> None:
    provider.tune(fault="lost", on="create", times=1)
    row = sweep(begun(dataset))
    provider.tune(fault="no_list")
    let_time_pass(row)
    row = settled(row)
    assert (row.state, row.error) == (State.FAILED, "uncertain")
    assert len(provider.tuned()["jobs"]) == 1, "no second one was begun"


def test_a_request_that_may_still_be_on_its_way_is_not_sent_again(
    provider: ModelServer, dataset: Dataset
) -> None:
    """The worker dies before the provider hears of it. Only after a while that is believed."""
    row = begun(dataset)
    for _step in range(2):
        taken = writing.take(timezone.now(), pk=row.pk)
        assert taken is not None and going_on.one_step(
            taken, next_step(writing.facts_of(taken)), timezone.now()
        )
    taken = writing.take(timezone.now(), pk=row.pk)
    assert taken is not None and writing.announce(taken, Step.CREATE, timezone.now())
    FineTuning.objects.update(leased_until=None)
    row = sweep(row)
    assert not row.job and row.next_poll_at and row.next_poll_at > timezone.now() + timedelta(seconds=60)
    FineTuning.objects.update(next_poll_at=timezone.now())
    assert not sweep(row).job, "not even when it is looked at at once"
    let_time_pass(row)
    assert sweep(row).job and len(provider.tuned()["jobs"]) == 1


def test_what_is_cancelled_while_an_answer_is_missing_is_found_and_cancelled_there(
    provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(fault="lost", on="create", times=1)
    row = sweep(begun(dataset))
    provider.tune()
    assert writing.cancel(row.pk)
    let_time_pass(row)
    row = settled(row)
    assert row.state == State.CANCELLED
    assert [job["status"] for job in provider.tuned()["jobs"]] == ["cancelled"]


def test_whoever_was_thought_dead_writes_nothing_more(provider: ModelServer, dataset: Dataset) -> None:
    row = until(begun(dataset), State.RUNNING)
    let_time_pass(row)
    late = writing.take(timezone.now(), pk=row.pk)
    assert late is not None
    told, news = act(late, Step.LOOK)
    let_time_pass(row)
    row = settled(row)
    assert row.state == State.SUCCEEDED
    change = outcome(writing.facts_of(late), Step.LOOK, told, timezone.now())
    assert not writing.write(late, Step.LOOK, change, news, timezone.now())
    assert not writing.write(late, Step.LOOK, Change({"state": "failed"}), News(), timezone.now())
    row.refresh_from_db()
    assert row.state == State.SUCCEEDED
    assert len(set(row.events.values_list("step", flat=True))) == row.events.exclude(step=None).count() + 1


def test_several_workers_at_once_begin_one_job_each(provider: ModelServer, dataset: Dataset) -> None:
    rows = [begun(dataset) for _number in range(4)]

    def work(_number: int) -> None:
        close_old_connections()
        try:
            for _time in range(4):
                going_on.sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    jobs = [job["metadata"]["causerie"] for job in provider.tuned()["jobs"]]
    assert sorted(jobs) == sorted(str(row.key) for row in rows)


def test_an_error_of_our_own_is_written_down_and_tried_again_later(
    provider: ModelServer, dataset: Dataset
) -> None:
    row = begun(dataset)
    FineTuning.objects.update(extra=["no fields of a request"])
    row = sweep(row)
    assert (row.state, row.error, row.leased_until) == (State.UPLOADING, "broken", None)
    FineTuning.objects.update(extra={})
    let_time_pass(row)
    row = settled(row)
    assert (row.state, len(provider.tuned()["jobs"])) == (State.SUCCEEDED, 1)
