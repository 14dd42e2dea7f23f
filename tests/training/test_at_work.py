"""Workers at a training: one at a time, a few seconds each, cancelled, killed, without vectors."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from assistant.routing import catching_up, learning
from flows.models import Flow
from flows.publishing import create_flow, publish
from llm.errors import ModelError
from tests.assistant.test_examples_of_a_draft import gifts
from tests.training.test_trainings import SPOILT, change, in_use
from training import register, running
from training.models import Training

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_what_was_cancelled_is_not_begun_again_by_itself(flows: None) -> None:
    flow = create_flow(gifts(), author=None)
    publish(flow.pk, author=None)
    assert not running.train_if_changed(most_seconds=-1)
    assert register.cancel(Training.objects.open().get().pk)
    assert not running.train_if_changed()
    change(flow, examples=SPOILT)
    assert running.train_if_changed()


def test_there_is_one_at_a_time_and_it_can_be_cancelled(
    flows: None, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_use()
    training, new = register.ask(by=editor)
    assert new and register.ask(by=editor) == (training, False)
    fitted_to = learning.fitted_to

    def cancelled_meanwhile(*given: Any, **more: Any) -> Any:
        assert register.cancel(training.pk)
        return fitted_to(*given, **more)

    monkeypatch.setattr("training.learned.learning.fitted_to", cancelled_meanwhile)
    assert not running.go_on(training.pk)
    training.refresh_from_db()
    assert training.state == "cancelled" and in_use() == before
    assert not running.go_on(training.pk)


def test_another_worker_leaves_it_alone_until_the_first_one_is_dead(flows: None) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    assert not running.go_on(training.pk)
    Training.objects.filter(pk=training.pk).update(claimed_until="2020-01-01T00:00Z")
    assert running.go_on(training.pk)


def test_whoever_judges_waits_for_a_worker_that_is_at_it(flows: None) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    assert not catching_up.train_if_changed(most_seconds=0.1)
    later = threading.Timer(0.8, _let_go)
    later.start()
    assert catching_up.train_if_changed(most_seconds=30)
    later.join()
    assert in_use() == training
    assert not catching_up.train_if_changed(most_seconds=30)


def _let_go() -> None:
    Training.objects.update(claimed_until=None)
    connection.close()  # it is this thread's own


def test_without_vectors_it_says_so_and_goes_on_later(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = in_use()
    create_flow(gifts(), author=None)
    publish(Flow.objects.get(key="gift_card").pk, author=None)

    def refuse(*given: Any) -> Any:
        raise ModelError("unreachable")

    with monkeypatch.context() as broken:
        broken.setattr("assistant.routing.learning.embed_query", refuse)
        assert not running.train_if_changed()
    waits = Training.objects.open().get()
    assert waits.error.startswith("unreachable") and in_use() == before
    assert running.train_if_changed()
    waits.refresh_from_db()
    assert (waits.state, waits.error) == ("in_use", "")


def test_a_few_seconds_at_a_time(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    create_flow(gifts(), author=None)
    publish(Flow.objects.get(key="gift_card").pk, author=None)
    assert not running.train_if_changed(most_seconds=-1)
    assert Training.objects.open().get().claimed_until is None
    assert running.train_if_changed()


def test_what_goes_wrong_is_told_and_not_tried_for_ever(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    training, _new = register.ask()
    monkeypatch.setattr("training.examining.examine", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.go_on(training.pk)
    training.refresh_from_db()
    assert (training.state, training.why) == ("failed", "trouble")
    assert not running.train_if_changed()
