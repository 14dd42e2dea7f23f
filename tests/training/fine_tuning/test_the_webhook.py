"""A provider may ring: it is heard when it is signed, once, and never believed."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from llm.webhooks import WINDOW, sign
from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.making import begun, sweep
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]
SECRET = "whsec_c29tZXRoaW5nIHRoYXQgbm9ib2R5IGtub3dz"
ADDRESS = "/hooks/fine-tuning/"


@pytest.fixture
def row(provider: ModelServer, settings: Settings, dataset: Dataset) -> FineTuning:
    """It waits for a look that is an hour away."""
    settings.FINE_TUNING_WEBHOOK_SECRET = SECRET
    row = sweep(begun(dataset))
    FineTuning.objects.update(next_poll_at=timezone.now() + timedelta(hours=1))
    row.refresh_from_db()
    return row


def ring(client: Client, job: str, *, at: float | None = None, secret: str = SECRET, **changed: Any) -> int:
    body = json.dumps({"id": "evt", "type": "fine_tuning.job.succeeded", "data": {"id": job}}).encode()
    moment, message = str(int(at or time.time())), changed.pop("message", f"wh-{job}-{at}-{time.time_ns()}")
    headers = {
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{sign(message, moment, body, secret=secret)}",
    }
    sent = changed.pop("body", body)
    return client.post(ADDRESS, sent, content_type="application/json", headers=headers).status_code


def is_due(row: FineTuning) -> bool:
    row.refresh_from_db()
    return bool(row.next_poll_at and row.next_poll_at <= timezone.now())


def test_a_ring_has_the_job_looked_at_and_is_not_believed(row: FineTuning, client: Client) -> None:
    assert ring(client, row.job) == 204
    assert is_due(row) and row.state == "waiting", "it says that it has succeeded"
    assert sweep(row).state == "waiting", "and the provider that it has not"


def test_what_is_signed_with_another_secret_is_not_heard(row: FineTuning, client: Client) -> None:
    assert ring(client, row.job, secret="whsec_b3RoZXI=") == 401
    assert not is_due(row)


def test_a_body_that_was_changed_is_not_heard(row: FineTuning, client: Client) -> None:
    assert ring(client, row.job, body=b"{}") == 401
    assert not is_due(row)


def test_an_old_ring_is_not_heard(row: FineTuning, client: Client) -> None:
    assert ring(client, row.job, at=time.time() - WINDOW - 5) == 401
    assert not is_due(row)


def test_the_same_ring_twice_is_heard_once(row: FineTuning, client: Client) -> None:
    assert ring(client, row.job, message="wh-1 é") == 204
    sweep(row)
    FineTuning.objects.update(next_poll_at=timezone.now() + timedelta(hours=1))
    assert ring(client, row.job, message="wh-1 é") == 204, "the provider shall not send it again"
    assert not is_due(row)


@pytest.mark.parametrize("job", ["ftjob-of-somebody-else", "", "\x00", "x" * 5000])
def test_a_job_that_is_none_of_ours_does_no_harm(row: FineTuning, client: Client, job: str) -> None:
    assert ring(client, job) == 204
    assert not is_due(row)


def test_what_is_no_event_does_no_harm(row: FineTuning, client: Client) -> None:
    moment, body = str(int(time.time())), b'["signed", "and no event"]'
    headers = {
        "webhook-id": "wh-9", "webhook-timestamp": moment,
        "webhook-signature": f"v1,{sign('wh-9', moment, body, secret=SECRET)}",
    }  # fmt: skip
    assert client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code == 204


def test_without_a_secret_nobody_can_ring(row: FineTuning, client: Client, settings: Settings) -> None:
    settings.FINE_TUNING_WEBHOOK_SECRET = ""
    assert ring(client, row.job) == 404


def test_a_job_that_has_ended_is_not_looked_at_again(row: FineTuning, client: Client) -> None:
    FineTuning.objects.update(state="succeeded", next_poll_at=None)
    assert ring(client, row.job) == 204
    row.refresh_from_db()
    assert row.next_poll_at is None


def test_too_much_is_not_read(row: FineTuning, client: Client) -> None:
    assert client.post(ADDRESS, b"x" * 200_000, content_type="application/json").status_code == 413
