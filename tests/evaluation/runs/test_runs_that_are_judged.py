"""A judge reads what was played: afterwards, once, and beside what is expected; it decides nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from conversations.models import Message
from evaluation.judging.verdicts import Judgement
from evaluation.models import Case, Run
from evaluation.runs import asking, reading
from evaluation.runs.asking import Unclear, Wanted, let_read
from evaluation.runs.junit import as_junit
from evaluation.runs.report import Reported, lines
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Played, figures
from evaluation.runs.working import Worker, work_on
from tests.evaluation.judging.conftest import judge as judge
from tests.evaluation.runs.conftest import scenario
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
POINT = {"why": "", "met": True}
READ = {"sentences": [], "helpful": POINT, "coherent": POINT, "tone": {"why": "It is curt.", "met": False}}


@pytest.fixture
def run_by(hello: Assistant) -> Any:
    def run(judge: str = "offline", sides: tuple[str, ...] = ("present",), **more: Any) -> Run:
        wanted = [Wanted(scenario(), "Greetings"), Wanted(scenario("Evening", "Good evening"), "Greetings")]
        return asking.ask(wanted, hello, [Side.read(one) for one in sides], by=None, judge=judge, **more)

    return run


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    return client


def scripted(judge: ModelServer, settings: Any, *more: dict[str, Any]) -> None:
    """The model judges, and answers nobody else."""
    settings.ANSWER_MODEL = ""
    judge.script(*more, {"form": "AnswerRead", "text": json.dumps(READ)})


def test_it_is_read_when_all_of_it_was_played(run_by) -> None:
    run = run_by()
    worker = Worker(run)
    worker.one()
    assert Case.objects.filter(judged__isnull=True).count() == 2
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done" and not Case.objects.filter(judged__isnull=True).exists()
    found = Figures.from_json(run.figures[0])
    assert (found.judged["tone"].met, found.judged["tone"].of, found.passed.met) == (2, 2, 1)


def test_nobody_reads_what_nobody_asked_for(run_by) -> None:
    run = run_by("")
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done" and Figures.from_json(run.figures[0]).judged == {}


def test_what_a_judge_says_fails_no_scenario(run_by, judge, settings) -> None:
    scripted(judge, settings)
    run = run_by("model")
    work_on(run.pk)
    run.refresh_from_db()
    assert run.judge == "judge" and Case.objects.filter(passed=True, judged_right=False).count() == 1
    assert Figures.from_json(run.figures[0]).judged["tone"].met == 0


def test_what_a_judge_dislikes_can_be_looked_at_alone(run_by, editor, judge, settings) -> None:
    scripted(judge, settings)
    run = run_by("model")
    work_on(run.pk)
    path = f"/staff/evaluation/{run.pk}/"

    def names(query: str) -> list[str]:
        return [line.name for line in editor.get(f"{path}?{query}").context["lines"]]

    page = editor.get(path).text
    assert 'href="?which=all&amp;judge=tone#scenarios-title"' in page and "Judge: Wrong tone" in page
    assert names("judge=tone") == names("judge=any") == ["A greeting", "Evening"]
    assert names("judge=tone&which=missed") == ["Evening"]
    chips = editor.get(f"{path}?judge=tone").context["chips"]
    assert [(chip.words, chip.count) for chip in chips] == [("All", 2), ("Not as expected", 1)]
    narrowed = editor.get(f"{path}?which=missed").text
    assert "1 of 2" in narrowed and f'href="{path}scenario/1/?which=missed"' in narrowed
    chips = editor.get(f"{path}?which=missed").context["judge_chips"]
    assert [chip.count for chip in chips] == [1, 1, 1]
    assert names("judge=helpful") == [] and "Show all of them" in editor.get(f"{path}?judge=helpful").text


def test_a_judge_that_answers_nonsense_is_counted_and_shown(run_by, editor, judge, settings) -> None:
    settings.ANSWER_MODEL = ""
    judge.script({"text": "Lovely weather"})
    run = run_by("model")
    work_on(run.pk)
    run.refresh_from_db()
    found = Figures.from_json(run.figures[0])
    assert (found.undecided, found.judged, run.state) == (2, {}, "done")
    assert "nothing is decided" in editor.get(f"/staff/evaluation/{run.pk}/scenario/0/").text


def test_a_preference_is_shown_with_both_sides(run_by, editor, judge, settings) -> None:
    better = {"form": "Preference", "text": json.dumps({"why": "", "better": "two"})}
    scripted(judge, settings, better)
    run = run_by("model", ("present", "drafts"))
    work_on(run.pk)
    assert set(Case.objects.filter(side=1).values_list("preferred", flat=True)) == {"tie"}
    page = editor.get(f"/staff/evaluation/{run.pk}/").text
    assert "neither 2 times" in page and "Not compared with people yet." in page
    assert "It is curt." in editor.get(f"/staff/evaluation/{run.pk}/scenario/0/").text


def test_the_judge_is_quoted_and_the_scenarios_decide(run_by, editor) -> None:
    run = run_by(sides=("present", "drafts"))
    work_on(run.pk)
    page = editor.get(f"/staff/evaluation/{run.pk}/").text
    assert "Too few to tell" in page and "Judge: without a model." in page


def test_a_run_that_is_over_can_be_read_later(run_by, editor) -> None:
    run = run_by("")
    work_on(run.pk)
    assert "Let a judge read the answers" in editor.get(f"/staff/evaluation/{run.pk}/").text
    editor.post(f"/staff/evaluation/{run.pk}/judge/", {"judge": "offline"})
    page = editor.get(f"/staff/evaluation/{run.pk}/").text
    assert "A judge is reading: 0 of 2" in page
    assert "1 of 2 scenarios went as expected" in page and "50.0 % (1 of 2)" in page
    assert "Under way" not in page and 'data-open="yes"' in page
    assert "Being read" in editor.get("/staff/evaluation/").text
    work_on(run.pk)
    run.refresh_from_db()
    assert (run.state, run.judge) == ("done", "offline")
    assert "By the judge" in editor.get(f"/staff/evaluation/{run.pk}/").text


def test_the_figures_stand_while_a_judge_still_reads(run_by, editor) -> None:
    run = run_by()
    worker = Worker(run)
    assert [worker.one() for _case in range(3)] == [True] * 3  # two are played, one is read
    run.refresh_from_db()
    assert run.state == "reading" and Figures.from_json(run.figures[0]).passed.met == 1
    page = editor.get(f"/staff/evaluation/{run.pk}/").text
    assert "A judge is reading: 1 of 2" in page and "1 of 2 scenarios went as expected" in page


def test_a_judge_that_is_stopped_leaves_a_run_that_is_over(run_by, editor) -> None:
    run = run_by()
    worker = Worker(run)
    [worker.one() for _case in range(3)]
    editor.post(f"/staff/evaluation/{run.pk}/stop/")
    run.refresh_from_db()
    assert run.state == "done" and Figures.from_json(run.figures[0]).passed.of == 2
    assert (
        "The judge was stopped: 1 conversation is not read" in editor.get(f"/staff/evaluation/{run.pk}/").text
    )
    editor.post(f"/staff/evaluation/{run.pk}/go-on/")
    run.refresh_from_db()
    assert run.state == "reading"
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done" and not Case.objects.filter(judged__isnull=True).exists()


def test_without_a_model_it_is_said_what_to_set(run_by, editor) -> None:
    with pytest.raises(Unclear, match="OPENAI_API_KEY"):
        run_by("model")
    with pytest.raises(Unclear, match="JUDGE_MODEL"):
        run_by("", customers="model")
    run = run_by("")
    work_on(run.pk)
    told = editor.post(f"/staff/evaluation/{run.pk}/judge/", {"judge": "model"}, follow=True).text
    assert "There is no model for that" in told
    assert let_read(run.pk, "") is None


def test_a_model_reads_no_more_than_can_be_paid(run_by, judge, monkeypatch) -> None:
    monkeypatch.setattr(asking, "MOST_READ", 1)
    with pytest.raises(Unclear, match="at most 1 conversations"):
        run_by("model")


def test_whoever_dies_reading_leaves_it_to_the_next_and_kills_no_run(run_by) -> None:
    run = run_by()
    worker = Worker(run)
    worker.one(), worker.one()
    assert reading.take(run) is not None
    held = Case.objects.get(held_until__isnull=False)
    Case.objects.filter(pk=held.pk).update(held_until="2020-01-01T00:00Z", tries=reading.MOST_TRIES)
    reading.give_up()
    held.refresh_from_db()
    assert held.judged == []
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done"


def test_what_came_of_an_earlier_run_keeps_what_its_judge_said(run_by) -> None:
    first = run_by()
    work_on(first.pk)
    second = run_by(sides=(f"run:{first.pk}", "present"))
    taken = Case.objects.filter(run=second, side=0)
    assert all(one.judged for one in taken)
    third = run_by("", sides=(f"run:{first.pk}", "present"))
    assert not any(one.judged for one in Case.objects.filter(run=third))


def test_a_terminal_has_it_read_and_names_the_agreement(run_by, capsys) -> None:
    run_by("")  # so that the flow is known
    call_command(
        "evaluate", "tests/evaluation/runs/greeting.yaml", "--judge", "--fail-under", "0", "--jobs", "1"
    )
    told = capsys.readouterr().out
    assert "by the judge:" in told and "judge: without a model. Not compared with people yet." in told
    with pytest.raises(CommandError, match="OPENAI_API_KEY"):
        call_command("evaluate", "tests/evaluation/runs/greeting.yaml", "--judge", "model")


def test_reports_have_it_as_information_only() -> None:
    missed = Judgement.from_json(
        {"judge": "offline", "tone": {"met": False, "score": 0.0, "because": [{"code": "both_forms"}]}}
    )
    case = Played(0, True, scenario(), (), (missed,))
    told = figures([case])
    xml = as_junit([Reported("present", told, [("Greetings", case, "")])])
    assert "not tone: It says “tu” and “vous”" in xml and 'failures="0"' in xml
    assert "  by the judge: tone 0 of 1" in list(lines([Reported("present", told, [])], None))


def test_no_customer_is_written_to(run_by) -> None:
    work_on(run_by().pk)
    assert not Message.objects.exists()
