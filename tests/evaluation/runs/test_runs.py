"""A run is written down, played by whoever has time, interrupted and gone on with, and reckoned once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation.models import Case, Run, Scenario
from evaluation.runs import asking, working
from evaluation.runs.asking import Unclear, Wanted
from evaluation.runs.judging import compared
from evaluation.runs.lines import lines_of
from evaluation.runs.sides import NoSuchSide, Side
from evaluation.runs.summing import Figures, Share
from evaluation.runs.working import Worker, take, work_on
from evaluation.scenarios import keep
from evaluation.turned import Turned
from flows.models import Flow, FlowVersion
from tests.evaluation.runs.conftest import scenario
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_run_plays_every_scenario_on_every_side(ask):
    run = ask(scenario(), scenario("Evening", "Good evening"), sides=("present", "drafts"), times=2)
    assert (run.total, run.state, run.cases.count()) == (8, "queued", 8)
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done" and run.ended_at is not None
    present, drafts = (Figures.from_json(one) for one in run.figures)
    assert present.passed == drafts.passed == Share(2, 4)
    assert present.reached == ("hello@1/say",) and drafts.reached == ("hello@0/say",)
    found = compared(run)
    assert (found.pairs, found.only_first, found.only_second) == (2, 1, 1)


def test_what_is_kept_of_a_case_can_be_read(ask):
    run = ask()
    work_on(run.pk)
    case = run.cases.get()
    (turned,) = map(Turned.from_json, case.turned)
    assert case.passed and turned.said == "Good day!" and turned.words == "Say hello"
    assert [check.kind for check in turned.checks] == ["says", "flow"]


def test_a_draft_that_is_changed_while_it_runs_stays_as_it_was(ask):
    run = ask(scenario("Evening", "Good evening"), sides=("drafts",))
    Flow.objects.update(draft=FlowVersion.objects.get().graph)
    work_on(run.pk)
    assert run.cases.get().passed


def test_another_model_answers_on_its_side(ask, articles, settings, model_server: ModelServer):
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = "present-model"
    script = scenario().model_copy(
        update={"turns": (scenario().turns[0].model_copy(update={"customer": "How long can I return it?"}),)}
    )
    run = ask(script, sides=("present", "model:candidate"))
    work_on(run.pk)
    asked = {request["model"] for request in model_server.requests()}
    assert {"present-model", "candidate"} <= asked
    models = [Turned.from_json(case.turned[0]).spent.model for case in run.cases.order_by("side")]
    assert models == ["present-model", "candidate"]


def test_two_workers_never_take_the_same_case(ask):
    run = ask(scenario(), scenario("Again"))
    one, other = take(run.pk), take(run.pk)
    assert one is not None and other is not None and one.pk != other.pk and take(run.pk) is None


def test_whoever_dies_in_the_middle_is_followed_by_another_one(ask):
    run = ask()
    case = take(run.pk)
    work_on(run.pk)
    assert Run.objects.get().state == "running"  # somebody still has it
    Case.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    working._end(case, turned=[Turned("late", "answered")])  # comes back, too late
    work_on(run.pk)
    assert Run.objects.get().state == "done" and Case.objects.get().tries == 2


def test_what_kills_its_workers_is_said_to_have_failed_and_the_others_go_on(ask):
    run = ask(scenario(), scenario("Again"))
    late = timezone.now() - timedelta(seconds=1)
    run.cases.filter(place=0).update(state="running", tries=working.MOST_TRIES, held_until=late)
    working.sweep()
    work_on(run.pk)
    first, second = run.cases.order_by("place")
    assert (first.state, first.error, first.passed) == ("failed", "interrupted", None)
    assert second.passed and Run.objects.get().figures[0]["failed"] == 1


def test_a_process_that_is_stopped_puts_its_case_back(ask, monkeypatch):
    run = ask()
    monkeypatch.setattr(Worker, "_play", _stopped)
    with pytest.raises(SystemExit):
        Worker(run).one()
    case = run.cases.get()
    assert (case.state, case.tries, case.held_until) == ("waiting", 0, None)


def _stopped(*_: object) -> None:
    raise SystemExit


def test_a_run_is_stopped_and_gone_on_with(ask):
    run = ask(scenario(), scenario("Again"))
    assert Worker(run).one() and asking.stop(run.pk) and not asking.stop(run.pk)
    assert not Worker(run).one()
    run.refresh_from_db()
    assert run.state == "cancelled" and run.figures[0]["passed"] == {"met": 1, "of": 1}
    assert asking.reopen(run.pk) is not None
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done" and run.figures[0]["passed"] == {"met": 2, "of": 2}
    assert asking.reopen(run.pk) is None


def test_what_could_not_be_run_is_tried_again(ask):
    run = ask()
    run.cases.update(script={"name": "x", "turns": []})  # nothing that could be read
    work_on(run.pk)
    case = run.cases.get()
    assert case.state == "failed" and "ValidationError" in case.error
    run.cases.update(script=scenario().as_json())
    assert asking.reopen(run.pk) is not None
    work_on(run.pk)
    assert run.cases.get().passed


def test_a_run_of_what_customers_get_is_the_scenarios_last_one(hello):
    row = keep(Scenario(), scenario(), author=None)
    sides = [Side.read("drafts"), Side.read("present")]
    run = asking.ask([Wanted(scenario(), "", row)], hello, sides, by=None)
    work_on(run.pk)
    row.refresh_from_db()
    assert row.passed is True and row.reached == ["hello@1/say"]


def test_what_cannot_be_run_is_said(hello):
    with pytest.raises(Unclear, match="no scenario"):
        asking.ask([], hello, [Side()], by=None)
    with pytest.raises(Unclear, match="too many"):
        asking.ask([Wanted(scenario())] * 2000, hello, [Side()], by=None, times=20)
    with pytest.raises(NoSuchSide, match="no version “yesterday”"):
        Side.read("yesterday")
    Flow.objects.update(draft=FlowVersion.objects.get().graph)
    with pytest.raises(NoSuchSide, match="nothing to try"):
        Side.read("drafts")


def test_what_came_of_an_earlier_run_is_a_side_of_a_new_one(ask, hello):
    before = ask(scenario(), scenario("Evening", "Good evening"), scenario("Other", "x"))
    work_on(before.pk)
    Flow.objects.update(published=None)  # nothing greets any more
    run = ask(
        scenario(),
        scenario("Evening", "Good evening"),
        scenario("New"),
        sides=(f"run:{before.pk}", "present"),
    )
    assert run.total == 5  # “New” was not played then
    work_on(run.pk)
    found = compared(Run.objects.get(pk=run.pk))
    assert (found.pairs, found.only_first, found.only_second) == (2, 1, 0)
    kept = run.cases.get(place=0, side=0)
    assert kept.passed and Turned.from_json(kept.turned[0]).said == "Good day!"
    new = next(line for line in lines_of(run) if line.name == "New")
    assert [cell.words for cell in new.cells] == ["not played then", "not as expected"]
    with pytest.raises(NoSuchSide):
        Side.read("run:999")
