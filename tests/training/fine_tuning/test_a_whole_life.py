"""A fine-tuning from a dataset to a candidate, and every way in which it ends otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from accounts.audit.rows import AuditEntry
from accounts.models import User
from conversations.models import Notification
from llm import fine_tuning as door
from llm.choosing import ChatModel
from llm.clients import own_loop
from llm.completing import complete
from llm.errors import ModelError
from llm.messages import ChatMessage
from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.making import (
    HELD_OUT,
    LINES,
    begun,
    let_time_pass,
    settled,
    sweep,
    until,
)
from training.fine_tuning import words, writing
from training.fine_tuning.candidates import candidates
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]
State = FineTuning.State


def test_from_a_dataset_to_a_candidate(provider: ModelServer, dataset: Dataset, boss: User) -> None:
    row = begun(dataset, hyperparameters={"n_epochs": 2})
    assert (row.state, row.estimated_tokens) == ("preparing", 2 * LINES * 30)
    assert sweep(row).state == State.WAITING, "sent in one go"
    assert until(row, State.RUNNING).events.filter(step=None).count() >= 3
    row = settled(row)
    assert (row.state, row.error) == (State.SUCCEEDED, "")
    assert row.tuned_model.startswith("ft:scripted:tests:shop:") and row.trained_tokens
    [candidate] = candidates()
    assert (candidate.model, candidate.fine_tuning) == (row.tuned_model, row)
    assert row.checkpoints.count() == 3
    [job] = provider.tuned()["jobs"]
    assert job["metadata"] == {"causerie": str(row.key)}
    assert job["method"]["supervised"]["hyperparameters"] == {"n_epochs": 2}


def test_the_tuned_model_answers_and_is_listed(provider: ModelServer, dataset: Dataset) -> None:
    row = settled(begun(dataset))
    assert row.tuned_model in [one.name for one in door.offered(door.Host(provider.url, ""))]
    provider.script({"model": row.tuned_model, "text": "As I have learned."})
    assert answer_of(row.tuned_model, provider) == "As I have learned."
    with pytest.raises(ModelError, match="not_found"):
        answer_of("ft:scripted:tests:shop:none", provider)


def answer_of(model: str, provider: ModelServer) -> str:
    asked = complete([ChatMessage("user", "Hello")], model=ChatModel(model, provider.url, "k"))
    with own_loop() as runner:
        return runner.run(asked).text


def test_what_is_sent_is_the_dataset_and_is_deleted_in_the_end(
    provider: ModelServer, dataset: Dataset, boss: User
) -> None:
    row = until(begun(dataset), State.RUNNING)
    files = {file["id"]: file["content"].splitlines() for file in provider.tuned()["files"]}
    assert [len(files[one]) for one in (row.training_file, row.validation_file)] == [LINES, HELD_OUT]
    assert json.loads(files[row.training_file][0])["messages"][-1]["role"] == "assistant"
    row = settled(row)
    assert provider.tuned()["files"] == [] and row.files_deleted_at
    trail = AuditEntry.objects.filter(kind="finetuning").order_by("pk")
    assert [entry.action for entry in trail] == ["added", "exported", "exported", "changed", "deleted"]
    dataset.refresh_from_db()
    assert dataset.used_at, "it changes no more"


def test_pairs_are_learned_by_preference(provider: ModelServer, pairs: Dataset) -> None:
    row = settled(begun(pairs, hyperparameters={"beta": 0.2}))
    assert (row.method, row.state) == ("dpo", State.SUCCEEDED)
    assert provider.tuned()["jobs"][0]["method"]["dpo"] == {"hyperparameters": {"beta": 0.2}}


def test_the_fields_that_a_host_wants_are_sent(
    provider: ModelServer, dataset: Dataset, settings: Settings
) -> None:
    settings.FINE_TUNING_EXTRA = {"hyperparameters": {"lora": True}}
    settled(begun(dataset))
    assert provider.tuned()["jobs"][0]["body"]["hyperparameters"] == {"lora": True}


def test_events_stand_in_their_order_and_each_once(provider: ModelServer, dataset: Dataset) -> None:
    provider.tune(steps=230, pace=17)
    row = settled(begun(dataset))
    steps = list(row.events.exclude(step=None).values_list("step", flat=True))
    assert steps == list(range(1, 231))
    told = [event["id"] for event in door_events(provider, row)]
    assert list(row.events.values_list("provider_id", flat=True)) == told


def door_events(provider: ModelServer, row: FineTuning) -> list[dict[str, Any]]:
    found = door.events(door.Host(provider.url, ""), row.job, known=lambda _id: False)
    return [{"id": event.id} for event in found]


def test_looks_grow_rarer_while_nothing_is_new_and_frequent_again_with_news(
    provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(looks=9)
    row = sweep(begun(dataset))
    waits = []
    for _look in range(8):
        let_time_pass(row)
        row = sweep(row)
        assert row.next_poll_at and row.polled_at
        waits.append((row.next_poll_at - row.polled_at).total_seconds())
    assert waits[-1] > 3 * waits[0] and row.unchanged > 4
    assert until(row, State.RUNNING).unchanged == 0


REFUSALS = [
    ({"fault": "training_not_available"}, State.REFUSED, "training_not_available"),
    ({"fault": "quota"}, State.REFUSED, "quota"),
    ({"fault": "retired"}, State.REFUSED, "model_retired"),
    ({"fault": "not_tunable"}, State.REFUSED, "not_tunable"),
    ({"fault": "no_endpoint"}, State.REFUSED, "not_offered"),
    ({"fault": "status", "status": 401, "on": "upload"}, State.REFUSED, "unauthorised"),
    ({"fault": "status", "status": 413, "on": "upload"}, State.REFUSED, "too_long"),
    ({"fault": "status", "status": 400, "on": "create"}, State.REFUSED, "bad_request"),
    ({"fault": "invalid_file", "line": 7}, State.FAILED, "invalid_file"),
    ({"fault": "moderation"}, State.FAILED, "moderation"),
    ({"fault": "fails"}, State.FAILED, "job_failed"),
    ({"fault": "vanish"}, State.VANISHED, "vanished"),
]


@pytest.mark.parametrize(("script", "state", "code"), REFUSALS)
def test_what_ends_otherwise_says_why_and_leaves_nothing_behind(
    provider: ModelServer, dataset: Dataset, boss: User, script: dict[str, Any], state: str, code: str
) -> None:
    provider.tune(**script)
    row = settled(begun(dataset))
    assert (row.state, row.error) == (state, code)
    found = words.trouble(row)
    assert found is not None and found.why and found.cure
    assert row.line == (7 if code == "invalid_file" else None)
    assert provider.tuned()["files"] == [] or script["fault"] == "no_endpoint"
    assert len(provider.tuned()["jobs"]) == (1 if state == State.FAILED else 0)
    [told] = Notification.objects.filter(user=boss, kind="fine_tuning")
    assert told.link == f"/staff/training/fine-tuning/{row.pk}/"


TRANSIENT = [
    {"status": 429, "on": "create", "retry_after": 3},
    {"status": 429, "on": "upload"},
    {"status": 500, "on": "create"},
    {"status": 503, "on": "upload"},
    {"status": 500, "on": "job"},
    {"status": 500, "on": "events"},
    {"status": 500, "on": "list"},
    {"status": 500, "on": "delete"},
    {"status": 500, "on": "checkpoints"},
]


@pytest.mark.parametrize("script", TRANSIENT)
def test_a_provider_that_stumbles_is_asked_again(
    provider: ModelServer, dataset: Dataset, script: dict[str, Any]
) -> None:
    provider.tune(fault="status", times=2, **script)
    row = settled(begun(dataset))
    assert (row.state, row.error) == (State.SUCCEEDED, "")
    assert len(provider.tuned()["jobs"]) == 1 and provider.tuned()["files"] == []
    assert row.events.filter(step=None).count() >= 5 and row.checkpoints.count() == 3


def test_a_provider_that_never_answers_is_given_up_before_anything_is_begun(
    provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(fault="status", status=500, on="create")
    row = until(begun(dataset), State.REFUSED)
    assert row.error == "server_error" and provider.tuned()["jobs"] == []


def test_a_job_that_is_under_way_is_never_given_up_for_the_network(
    provider: ModelServer, dataset: Dataset
) -> None:
    row = until(begun(dataset), State.RUNNING)
    provider.tune(fault="status", status=500, on="job", times=30)
    for _look in range(30):
        let_time_pass(row)
        assert sweep(row).state == State.RUNNING
    assert row.failures == 30 and words.trouble(row)
    let_time_pass(row)
    assert sweep(row).error == ""


def test_a_single_answer_that_it_is_not_known_is_not_believed(
    provider: ModelServer, dataset: Dataset
) -> None:
    row = until(begun(dataset), State.RUNNING)
    provider.tune(fault="status", status=404, on="job", times=2)
    assert settled(row).state == State.SUCCEEDED


def test_a_state_that_nobody_knows_is_waited_through(provider: ModelServer, dataset: Dataset) -> None:
    provider.tune(fault="odd_status", times=1)
    row = sweep(begun(dataset))
    for _look in range(2):
        let_time_pass(row)
        sweep(row)
    assert (row.state, row.status) == (State.WAITING, "waiting_for_hardware")
    assert settled(row).state == State.SUCCEEDED


@pytest.mark.parametrize("fault", [None, "slow_cancel"])
def test_it_is_cancelled_when_the_provider_says_so(
    provider: ModelServer, dataset: Dataset, boss: User, fault: str | None
) -> None:
    row = until(begun(dataset), State.RUNNING)
    provider.tune(fault=fault, times=1)
    assert writing.cancel(row.pk, by=boss) and not writing.cancel(row.pk, by=boss)
    assert sweep(row).state == (State.CANCELLING if fault else State.CANCELLED)
    row = settled(row)
    assert (row.state, row.error, row.tuned_model) == (State.CANCELLED, "", "")
    assert provider.tuned()["files"] == []


def test_what_was_cancelled_at_the_provider_says_so(provider: ModelServer, dataset: Dataset) -> None:
    row = until(begun(dataset), State.RUNNING)
    door.cancel(door.Host(provider.url, ""), row.job)
    assert settled(row).error == "cancelled_there"


def test_what_is_cancelled_before_it_is_sent_is_never_sent(provider: ModelServer, dataset: Dataset) -> None:
    row = begun(dataset)
    assert writing.cancel(row.pk)
    row = settled(row)
    assert row.state == State.CANCELLED and provider.tuned()["jobs"] == []
    assert provider.requests("/v1/files") == [] or all(
        one["body"] == {"on": "files"} for one in provider.requests("/v1/files")
    )


def test_a_job_that_ended_when_it_was_to_be_cancelled_counts_as_it_ended(
    provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(pace=1000)
    row = until(begun(dataset), State.RUNNING)
    door.retrieve(door.Host(provider.url, ""), row.job)
    writing.cancel(row.pk)
    assert settled(row).state == State.SUCCEEDED


def test_no_other_provider_is_asked_about_a_job(
    provider: ModelServer, dataset: Dataset, settings: Settings, boss: User
) -> None:
    row = until(begun(dataset), State.RUNNING)
    before = settings.OPENAI_BASE_URL
    settings.OPENAI_BASE_URL = before.replace("127.0.0.1", "localhost")
    let_time_pass(row)
    asked = provider.log()["total"]
    assert sweep(row).error == "other_host" and provider.log()["total"] == asked
    let_time_pass(row)
    sweep(row)
    assert Notification.objects.filter(user=boss).count() == 1, "they are told once"
    settings.OPENAI_BASE_URL = before
    assert settled(row).state == State.SUCCEEDED


def test_a_dataset_that_is_gone_is_not_sent(provider: ModelServer, dataset: Dataset) -> None:
    row = begun(dataset)
    dataset.delete()
    assert settled(row).error == "no_dataset" and provider.tuned()["files"] == []


def test_what_was_erased_meanwhile_does_not_leave_the_house(provider: ModelServer, dataset: Dataset) -> None:
    row = begun(dataset)
    dataset.examples.filter(messages__1__content="Where is parcel 3?").delete()
    sweep(row)
    assert all("parcel 3?" not in file["content"] for file in provider.tuned()["files"])
    assert len(provider.tuned()["files"]) == 2


def test_files_that_cannot_be_deleted_are_left_after_a_while_and_named(
    provider: ModelServer, dataset: Dataset
) -> None:
    row = until(begun(dataset), State.RUNNING)
    provider.tune(fault="status", status=500, on="delete")
    row = settled(row)
    assert (row.state, row.files_deleted_at) == (State.SUCCEEDED, None)
    provider.tune()
    assert writing.look_now(row.pk)
    assert settled(row).files_deleted_at and provider.tuned()["files"] == []
