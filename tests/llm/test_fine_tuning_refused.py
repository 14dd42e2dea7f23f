"""Every way in which a host does not fine-tune has a name, and says whether asking again can help."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llm import fine_tuning
from llm.fine_tuning import Asked, Host
from llm.fine_tuning_errors import TUNING_REASONS, TuningError, why_failed
from tests.llm.test_fine_tuning import begun, looked
from tests.modelserver.control import ModelServer

REFUSALS = [
    ({"fault": "training_not_available"}, "training_not_available", True),
    ({"fault": "quota"}, "quota", True),
    ({"fault": "retired"}, "model_retired", True),
    ({"fault": "not_tunable"}, "not_tunable", True),
    ({"fault": "status", "status": 401, "on": "create"}, "unauthorised", True),
    ({"fault": "status", "status": 403, "on": "create"}, "unauthorised", True),
    ({"fault": "status", "status": 404, "on": "create"}, "not_offered", True),
    ({"fault": "status", "status": 405, "on": "create"}, "not_offered", True),
    ({"fault": "status", "status": 429, "on": "create"}, "rate_limited", False),
    ({"fault": "status", "status": 500, "on": "create"}, "server_error", False),
    ({"fault": "lost", "on": "create"}, "unreachable", False),
    ({"fault": "garbled", "on": "create"}, "garbled", False),
    (
        {"fault": "status", "status": 400, "on": "create", "message": "Invalid file format. Line 7: no role"},
        "invalid_file",
        True,
    ),
    (
        {"fault": "status", "status": 400, "on": "create", "code": "model_not_found"},
        "not_tunable",
        True,
    ),
    (
        {"fault": "status", "status": 400, "on": "create",
         "message": "Model gpt-x is not available for fine-tuning or does not exist."},
        "not_tunable",
        True,
    ),
    (
        {"fault": "status", "status": 404, "on": "create", "message": "The model was deprecated."},
        "model_retired",
        True,
    ),
    ({"fault": "status", "status": 400, "on": "create", "message": "n_epochs"}, "bad_request", True),
]  # fmt: skip


@pytest.fixture
def host(model_server: ModelServer) -> Host:
    return Host(model_server.url, "scripted-key")


@pytest.mark.parametrize(("script", "code", "permanent"), REFUSALS)
def test_each_refusal_has_its_name(
    host: Host, model_server: ModelServer, script: dict[str, Any], code: str, permanent: bool
) -> None:
    model_server.tune(**script)
    with pytest.raises(TuningError) as refused:
        begun(host)
    assert (refused.value.code, refused.value.permanent) == (code, permanent)
    assert code in TUNING_REASONS, "staff can read it"
    assert refused.value.line == (7 if code == "invalid_file" else None)


def test_a_host_that_only_answers_says_so_at_the_first_file(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="no_endpoint")
    with pytest.raises(TuningError) as refused:
        fine_tuning.upload(host, name="ours.jsonl", content=b"{}")
    assert refused.value.code == "not_offered"


def test_the_provider_says_how_long_to_wait(host: Host, model_server: ModelServer) -> None:
    model_server.tune(fault="status", status=429, on="create", retry_after=7)
    with pytest.raises(TuningError) as refused:
        begun(host)
    assert refused.value.retry_after == 7


def test_a_job_that_the_provider_does_not_know_any_more_has_vanished(
    host: Host, model_server: ModelServer
) -> None:
    job = begun(host)
    model_server.tune(fault="vanish")
    for _look in range(2):
        fine_tuning.retrieve(host, job.id)
    for ask in (
        lambda: fine_tuning.retrieve(host, job.id),
        lambda: fine_tuning.cancel(host, job.id),
        lambda: fine_tuning.events(host, job.id, known=lambda _id: False),
    ):
        with pytest.raises(TuningError) as gone:
            ask()
        assert gone.value.code == "vanished"
    assert fine_tuning.checkpoints(host, job.id) == []


def test_nobody_there_is_no_refusal() -> None:
    with pytest.raises(TuningError) as away:
        fine_tuning.retrieve(Host("http://127.0.0.1:9/v1", ""), "ftjob-1")
    assert (away.value.code, away.value.permanent) == ("unreachable", False)


@pytest.mark.parametrize(
    ("script", "reason", "line"),
    [
        ({"fault": "invalid_file", "line": 3}, "invalid_file", 3),
        ({"fault": "moderation"}, "moderation", None),
        ({"fault": "fails"}, "job_failed", None),
    ],
)
def test_a_job_that_fails_says_why(
    host: Host, model_server: ModelServer, script: dict[str, Any], reason: str, line: int | None
) -> None:
    job = begun(host)
    model_server.tune(**script)
    job = looked(host, job, "failed")
    assert why_failed(job.error_code, job.error_message, job.error_param) == (reason, line)
    events = fine_tuning.events(host, job.id, known=lambda _id: False)
    assert events[-1].level == "error"


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (b"not JSON", 4),
        (json.dumps({"messages": [{"role": "boss", "content": "x"}]}).encode(), 4),
        (
            json.dumps({"messages": [{"role": "user", "content": "the last is ours"}]}).encode(),
            4,
        ),
    ],
)
def test_the_scripted_provider_reads_files_as_a_real_one(
    host: Host, model_server: ModelServer, wrong: bytes, line: int
) -> None:
    good = json.dumps({"messages": [{"role": "assistant", "content": "Yes."}]}).encode()
    content = b"\n".join([good, good, good, wrong, *[good] * 10])
    file = fine_tuning.upload(host, name="ours.jsonl", content=content)
    job = looked(host, fine_tuning.create(host, Asked("k", "scripted", file.id)), "failed")
    assert why_failed(job.error_code, job.error_message, job.error_param) == ("invalid_file", line)
