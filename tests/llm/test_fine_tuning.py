"""Fine-tuning at a provider: its whole life, what is found again, and whatever a host leaves out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from llm import fine_tuning
from llm.fine_tuning import Asked, Host
from llm.fine_tuning_errors import TuningError
from llm.fine_tuning_form import Job, checkpoint_of, event_of, job_of
from tests.modelserver.control import ModelServer

Many = list[dict[str, Any]]


def lines(number: int = 12) -> bytes:
    several = (
        {
            "messages": [
                {"role": "user", "content": f"Question {n}?"},
                {"role": "assistant", "content": "Yes."},
            ]
        }
        for n in range(number)
    )
    return "\n".join(map(json.dumps, several)).encode() + b"\n"


@pytest.fixture
def host(model_server: ModelServer) -> Host:
    return Host(model_server.url, "scripted-key")


def begun(host: Host, **asked: Any) -> Job:
    file = fine_tuning.upload(host, name="ours.jsonl", content=lines())
    given = {"key": "key-1", "model": "scripted", "training_file": file.id, **asked}
    return fine_tuning.create(host, Asked(**given))


def looked(host: Host, job: Job, until: str, most: int = 30) -> Job:
    for _look in range(most):
        job = fine_tuning.retrieve(host, job.id)
        if job.status == until:
            return job
    raise AssertionError(f"it never was {until}: {job}")


def test_a_job_goes_from_its_file_to_a_model(host: Host, model_server: ModelServer) -> None:
    job = begun(host, suffix="shop", hyperparameters={"n_epochs": 3})
    assert (job.status, job.metadata) == ("validating_files", {"causerie": "key-1"})
    assert fine_tuning.retrieve(host, job.id).status == "queued"
    job = looked(host, job, "succeeded")
    assert job.tuned_model == "ft:scripted:tests:shop:000002" and job.trained_tokens
    assert job.tuned_model in [one.name for one in fine_tuning.offered(host)]
    [told] = model_server.tuned()["jobs"]
    assert told["body"]["method"] == {
        "type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 3}}
    }  # fmt: skip
    assert told["body"]["suffix"] == "shop" and "validation_file" not in told["body"]


def test_events_come_in_order_and_each_once(host: Host, model_server: ModelServer) -> None:
    model_server.tune(steps=250, pace=120)
    job = looked(host, begun(host), "running")
    fine_tuning.retrieve(host, job.id)
    first = fine_tuning.events(host, job.id, known=lambda _id: False)
    assert len(first) > 100, "more than one page"
    assert first[0].message.startswith("Created") and first == sorted(first, key=lambda one: one.id)
    known = {one.id for one in first}
    looked(host, job, "succeeded")
    rest = fine_tuning.events(host, job.id, known=known.__contains__)
    assert not known & {one.id for one in rest}
    steps = [one.step for one in [*first, *rest] if one.step]
    assert steps == list(range(1, 251))


@pytest.mark.parametrize("fault", ["oldest_first", "same_page"])
def test_hosts_list_events_as_they_like(host: Host, model_server: ModelServer, fault: str) -> None:
    model_server.tune(fault=fault, steps=250, pace=120)
    job = looked(host, begun(host), "running")
    steps: list[int | None] = []
    known: set[str] = set()
    for _look in range(4):
        fine_tuning.retrieve(host, job.id)
        new = fine_tuning.events(host, job.id, known=known.__contains__)
        known |= {event.id for event in new}
        steps += [event.step for event in new if event.step]
    assert steps == list(range(1, 251))
    assert fine_tuning.events(host, job.id, known=known.__contains__) == []


def test_checkpoints_are_listed_by_their_steps(host: Host) -> None:
    job = looked(host, begun(host), "succeeded")
    found = fine_tuning.checkpoints(host, job.id)
    assert [one.step for one in found] == sorted(one.step for one in found) and len(found) == 3
    assert all(one.model and one.valid_loss for one in found)


def test_a_cancelled_job_ends_when_the_provider_says_so(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="slow_cancel")
    job = looked(host, begun(host), "running")
    assert fine_tuning.cancel(host, job.id).status == "running"
    assert looked(host, job, "cancelled").has_ended


def test_pairs_are_sent_for_a_training_by_preference(host: Host, model_server: ModelServer) -> None:
    pair = {
        "input": {"messages": [{"role": "user", "content": "When do you open?"}]},
        "preferred_output": [{"role": "assistant", "content": "At nine."}],
        "non_preferred_output": [{"role": "assistant", "content": "No idea."}],
    }
    content = "\n".join([json.dumps(pair)] * 10).encode()
    file = fine_tuning.upload(host, name="pairs.jsonl", content=content)
    asked = Asked("key", "scripted", file.id, method="dpo", hyperparameters={"beta": 0.1})
    assert looked(host, fine_tuning.create(host, asked), "succeeded")
    assert model_server.tuned()["jobs"][0]["method"]["dpo"] == {"hyperparameters": {"beta": 0.1}}


def test_the_fields_of_one_host_are_laid_over_ours(host: Host, model_server: ModelServer) -> None:
    extra = {"hyperparameters": {"lora": True}, "metadata": {"team": "help"}}
    begun(host, extra=extra)
    body = model_server.tuned()["jobs"][0]["body"]
    assert body["hyperparameters"] == {"lora": True}
    assert body["metadata"] == {"causerie": "key-1", "team": "help"}


@pytest.mark.parametrize("fault", [None, "no_metadata"])
def test_a_job_is_found_by_our_key_or_by_its_file(
    host: Host, model_server: ModelServer, fault: str | None
) -> None:
    begun(host, key="another")
    model_server.tune(fault=fault)
    job = begun(host)
    found = fine_tuning.find_job(host, key="key-1", training_file=job.training_file)
    assert found is not None and found.id == job.id
    assert fine_tuning.find_job(host, key="key-2", training_file="file-none") is None


def test_a_job_is_found_whose_creation_was_not_answered(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="lost", on="create", times=1)
    with pytest.raises(TuningError) as lost:
        begun(host)
    assert not lost.value.permanent
    assert fine_tuning.find_job(host, key="key-1", training_file="") is not None


def test_a_file_is_found_by_its_name_and_deleted(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="lost", on="upload", times=1)
    with pytest.raises(TuningError):
        fine_tuning.upload(host, name="ours.jsonl", content=lines())
    [file] = fine_tuning.files_named(host, {"ours.jsonl"})
    fine_tuning.delete_file(host, file.id)
    fine_tuning.delete_file(host, file.id)  # gone already: that is what was wanted
    assert model_server.tuned()["deleted"] == [file.id]


def test_a_state_of_the_hosts_own_is_kept_as_it_is(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="odd_status", times=1)
    assert not looked(host, begun(host), "waiting_for_hardware").has_ended


@pytest.mark.parametrize(
    ("status", "meant"),
    [("Completed", "succeeded"), ("canceled", "cancelled"), ("error", "failed"), ("new", "new"), (None, "")],
)
def test_hosts_call_states_by_other_names(status: str | None, meant: str) -> None:
    assert job_of({"id": "j", "status": status}).status == meant


@pytest.mark.parametrize("value", ["soon", float("nan"), True, None, [1], {"a": 1}, -5, 10**30])
def test_what_is_no_number_is_not_one(value: Any) -> None:
    told = {"id": "x", "created_at": value, "data": {"step": value, "train_loss": value}, "metrics": value}
    assert event_of(told).step is None
    assert checkpoint_of(told).step == 0
    job_of({"id": "x", "estimated_finish": value, "error": value, "metadata": value, "trained_tokens": value})


def test_nulls_in_what_a_provider_says_are_taken_out() -> None:
    assert event_of({"id": "x", "message": "a\x00b"}).message == "ab"


def at(settings: Settings, **given: str) -> Host | None:
    names = ("OPENAI_BASE_URL", "OPENAI_API_KEY", "FINE_TUNING_BASE_URL", "FINE_TUNING_API_KEY")
    for name in names:
        setattr(settings, name, given.get(name, ""))
    return fine_tuning.host()


def test_the_key_of_one_provider_is_not_shown_to_another(settings: Settings) -> None:
    ours = "https://models.example/v1"
    assert at(settings) is None
    assert at(settings, OPENAI_API_KEY="sk") == Host("", "sk")
    assert at(settings, OPENAI_API_KEY="sk", FINE_TUNING_BASE_URL=ours) == Host(ours, "")
    assert at(settings, OPENAI_API_KEY="sk", OPENAI_BASE_URL=ours) == Host(ours, "sk")
    both = {"OPENAI_API_KEY": "sk", "OPENAI_BASE_URL": ours, "FINE_TUNING_BASE_URL": ours}
    assert at(settings, **both) == Host(ours, "sk")
    assert at(settings, FINE_TUNING_BASE_URL=ours, FINE_TUNING_API_KEY="k") == Host(ours, "k")
    assert "sk" not in repr(at(settings, OPENAI_API_KEY="sk-1"))


def test_a_host_is_named_without_what_is_secret_in_its_address() -> None:
    assert Host("https://user:word@models.example:8443/v1", "k").name == "models.example:8443"
    assert Host("", "k").name == "api.openai.com"
