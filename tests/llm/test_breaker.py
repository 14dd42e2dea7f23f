import asyncio

import pytest

from llm.breaker import FAILURES, REST, WINDOW, Breaker
from llm.errors import ModelError

FAILED = ModelError("server_error")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def open_it(breaker: Breaker) -> None:
    for _ in range(FAILURES):
        breaker.note("m", FAILED)


def test_it_opens_after_failures_close_together(breaker: Breaker) -> None:
    open_it(breaker)
    with pytest.raises(ModelError) as caught:
        breaker.check("m")
    assert (caught.value.code, caught.value.retry_after) == ("unavailable", REST)
    breaker.check("another")


def test_failures_far_apart_do_not_open_it(breaker: Breaker, clock: Clock) -> None:
    for _ in range(20):
        clock.now += WINDOW / (FAILURES - 1) + 1
        breaker.note("m", FAILED)
    breaker.check("m")


def test_after_its_rest_one_request_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    open_it(breaker)
    clock.now += REST + 1
    breaker.check("m")
    with pytest.raises(ModelError):
        breaker.check("m")
    breaker.succeeded("m")
    breaker.check("m")


def test_a_trial_that_was_cancelled_lets_the_next_one_try(breaker: Breaker, clock: Clock) -> None:
    open_it(breaker)
    clock.now += REST + 1
    with pytest.raises(asyncio.CancelledError), breaker.asking("m"):
        raise asyncio.CancelledError
    breaker.check("m")


def test_a_trial_that_is_rightly_refused_lets_the_next_one_try(breaker: Breaker, clock: Clock) -> None:
    open_it(breaker)
    clock.now += REST + 1
    with pytest.raises(ModelError), breaker.asking("m"):
        raise ModelError("bad_request", permanent=True)
    breaker.check("m")


def test_a_trial_that_fails_closes_the_door_for_another_rest(breaker: Breaker, clock: Clock) -> None:
    open_it(breaker)
    clock.now += REST + 1
    with pytest.raises(ModelError), breaker.asking("m"):
        raise FAILED
    with pytest.raises(ModelError, match="unavailable"):
        breaker.check("m")


@pytest.mark.parametrize("error", [ModelError("bad_request", permanent=True), ModelError("invalid_output")])
def test_what_is_not_the_providers_fault_does_not_count(breaker: Breaker, error: ModelError) -> None:
    for _ in range(FAILURES * 2):
        breaker.note("m", error)
    breaker.check("m")
