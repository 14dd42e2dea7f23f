"""What judges read in the background stands on the page of jobs, and can be stopped there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from chatbot import jobs
from evaluation.judging import reviewed
from evaluation.judging.rows import JudgedAnswer
from evaluation.models import Case, Run
from evaluation.runs import asking
from evaluation.runs.asking import Wanted
from evaluation.runs.sides import Side
from evaluation.runs.working import Worker, work_on
from tests.evaluation.runs.conftest import hello as hello
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/jobs/"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_user("boss", role=Role.ADMIN))
    return client


@pytest.fixture
def run(hello: Assistant) -> Run:
    wanted = [Wanted(scenario(), "Greetings"), Wanted(scenario("Evening", "Good evening"), "Greetings")]
    return asking.ask(wanted, hello, [Side("present")], by=None, judge="offline")


def listed(client: Client, kind: str, **query: str) -> list[tuple[str, int | None, int | None]]:
    rows = client.get(PAGE, {"kind": kind, **query}).context["rows"]
    return [(row["job"].state, row["job"].done, row["job"].total) for row in rows]


def cancel(client: Client, kind: str, key: object) -> str:
    return client.post(f"{PAGE}{kind}/{key}/cancel/", follow=True).content.decode()


def test_a_run_waits_for_its_judge_is_read_and_is_over(boss: Client, run: Run) -> None:
    assert listed(boss, "run-judging") == [(jobs.QUEUED, 0, 0)]
    worker = Worker(run)
    for _two_played_and_one_read in range(3):
        worker.one()
    assert listed(boss, "run-judging") == [(jobs.RUNNING, 1, 2)]
    work_on(run.pk)
    assert listed(boss, "run-judging") == []
    assert listed(boss, "run-judging", state="ended") == [(jobs.DONE, 2, 2)]


def test_a_run_that_nobody_is_to_read_is_none_of_them(boss: Client, hello: Assistant) -> None:
    asking.ask([Wanted(scenario(), "Greetings")], hello, [Side("present")], by=None)
    assert listed(boss, "run-judging") == []


def test_reading_is_stopped_and_what_was_played_stays(boss: Client, run: Run) -> None:
    assert "could not be cancelled" in cancel(boss, "run-judging", run.pk), "it is still being played"
    worker = Worker(run)
    for _two_played_and_one_read in range(3):
        worker.one()
    assert "It is cancelled" in cancel(boss, "run-judging", run.pk)
    run.refresh_from_db()
    assert (run.state, run.figures[0]["passed"]["of"]) == ("done", 2)
    assert sorted(case.judged is None for case in Case.objects.all()) == [False, True]
    assert not worker.one(), "nothing is left to read"


def test_a_reviewed_answer_waits_for_its_judges_and_can_be_left_out(
    boss: Client, answered: Any, editor: User
) -> None:
    first = answered("You have 30 days from delivery to return a lamp. [1]", "right", editor)
    assert listed(boss, "reviewed-judging") == [(jobs.QUEUED, 0, 1)]
    assert "How long may I return it?" not in boss.get(PAGE).text, "whose words it is made of is not listed"
    reviewed.judge_due()
    assert listed(boss, "reviewed-judging") == listed(boss, "reviewed-judging", state="ended") == []
    other = answered("You have 14 days.", "right", editor)
    assert "It is cancelled" in cancel(boss, "reviewed-judging", other.pk)
    assert reviewed.judge_due() == 0
    assert JudgedAnswer.objects.get(message=other).right is None
    assert "could not be cancelled" in cancel(boss, "reviewed-judging", first.pk)
