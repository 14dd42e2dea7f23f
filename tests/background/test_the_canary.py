"""What the signs of life say, and that beat and the worker really give them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from background import canary
from background.models import Pulse
from background.verdict import Beat, Signs, Worker, judge
from chatbot.celery import app
from tests.conversations.processes import Child, eventually, running

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SOON = timedelta(seconds=5)
HOUR = timedelta(hours=1)


def said(**ago: timedelta) -> tuple[str, str]:
    """Of moments that lie so long ago."""
    verdict = judge(Signs(**{f"{name}_at": NOW - since for name, since in ago.items()}), NOW)
    return verdict.beat, verdict.worker


WELL = {"rung": SOON, "done": SOON, "alive": SOON, "worked": SOON}
DEAD = {"done": HOUR, "alive": HOUR, "worked": HOUR}


@pytest.mark.parametrize(
    ("ago", "beat", "worker"),
    [
        ({}, Beat.NEVER, Worker.UNKNOWN),
        (WELL, Beat.RINGS, Worker.WORKS),
        # Beat is dead: what is asked of the worker is done.
        (WELL | {"rung": HOUR, "done": HOUR}, Beat.SILENT, Worker.WORKS),
        # The worker is dead: beat rings in vain.
        (DEAD | {"rung": SOON, "unanswered": HOUR}, Beat.RINGS, Worker.SILENT),
        ({"rung": SOON, "unanswered": HOUR}, Beat.RINGS, Worker.SILENT),
        # It is there and works, and the canary stands far behind in the queue.
        (WELL | {"done": HOUR, "unanswered": HOUR}, Beat.RINGS, Worker.BUSY),
        # The queue is long, and canaries of an hour ago come out of it.
        (WELL | {"unanswered": HOUR}, Beat.RINGS, Worker.BUSY),
        # It is there and takes nothing.
        (DEAD | {"rung": SOON, "alive": SOON, "unanswered": HOUR}, Beat.RINGS, Worker.STUCK),
        (DEAD | {"rung": HOUR}, Beat.SILENT, Worker.SILENT),
    ],
)
def test_who_is_dead_and_who_is_busy(ago: dict[str, timedelta], beat: str, worker: str) -> None:
    assert said(**ago) == (beat, worker)


@pytest.mark.django_db
def test_a_canary_that_was_done_answers_all_that_were_sent_before() -> None:
    canary.ring(NOW)
    canary.ring(NOW + SOON)
    assert Pulse.objects.get().unanswered_at == NOW
    canary.sing(NOW)
    assert Pulse.objects.get().unanswered_at == NOW, "the second one waits still"
    canary.sing(NOW + SOON)
    assert Pulse.objects.get().unanswered_at is None


@pytest.mark.django_db
def test_a_worker_may_be_quicker_than_beat_can_write() -> None:
    canary.ring(NOW)
    canary.sing(NOW)
    canary.sing(NOW + SOON)
    canary.ring(NOW + SOON)
    assert Pulse.objects.get().unanswered_at is None


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_it_and_says_that_it_is_there(tmp_path: Path, client: Client) -> None:
    app.send_task(canary.TASK)
    assert Pulse.objects.get().rung_at
    assert client.get("/workz").status_code == 503, "nobody has done it yet"
    worker = Child(
        ["manage.py", "worker", "--concurrency", "1"], log=tmp_path / "worker.log", ready=all_signs
    )
    with running(worker):
        row = Pulse.objects.get()
        assert row.done_rung_at == row.rung_at
        answer = client.get("/workz")
        assert (answer.status_code, answer.json()) == (200, {"beat": "rings", "worker": "works"})
        assert client.get("/readyz").json()["worker"] == "works"


def all_signs() -> bool:
    return Pulse.objects.filter(
        done_at__isnull=False, alive_at__isnull=False, worked_at__isnull=False, unanswered_at=None
    ).exists()


@pytest.mark.django_db(transaction=True)
def test_real_beat_rings_and_says_so(tmp_path: Path) -> None:
    schedule = str(tmp_path / "schedule")
    beat = Child(["manage.py", "beat", "--schedule", schedule], log=tmp_path / "beat.log", ready=lambda: True)
    with running(beat):
        eventually(lambda: Pulse.objects.filter(rung_at__isnull=False).exists(), within=60, what="a ring")


@pytest.mark.django_db
def test_visitors_are_not_sent_elsewhere_because_the_worker_is_dead(client: Client) -> None:
    canary.note(rung_at=NOW, unanswered_at=NOW)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "silent")
