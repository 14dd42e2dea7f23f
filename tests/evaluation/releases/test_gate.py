"""A release has to pass its suites before customers get it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from assistant.models import Serving
from assistant.releases import serving
from assistant.releases.serving import GateClosed
from conversations.models import Conversation, Customer, Message
from evaluation.judging.rows import JudgedAnswer
from evaluation.models import Case, ReleasePolicy, Run, Scenario, Suite
from evaluation.releases import gate
from evaluation.reviews.rows import Review, ReviewItem
from evaluation.runs import asking
from evaluation.runs.asking import Unclear, let_read
from evaluation.runs.choosing import of_suite
from evaluation.runs.ending import figures_of
from evaluation.runs.judging import compared
from evaluation.runs.sides import Side
from evaluation.runs.working import work_on
from evaluation.scenarios import keep
from flows.models import Flow
from tests.assistant.releases.conftest import say_instead
from tests.evaluation.judging.conftest import judge as judge
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def greetings(two) -> Suite:
    """Both releases are to say “Good day!”, which the second one does not."""
    suite = Suite.objects.create(name="Greetings")
    for number in range(2):
        row = keep(Scenario(), scenario(f"Greeting {number}"), author=None)
        row.suite = suite
        row.save()
    policy = ReleasePolicy.objects.create(assistant=two[0].assistant)
    policy.suites.add(suite)
    return suite


@pytest.fixture
def ask_present(greetings, two, editor) -> Callable[[], Run]:
    def asked() -> Run:
        return asking.ask(of_suite(greetings), two[0].assistant, [Side()], by=editor, suites=[greetings.name])

    return asked


def ran(candidate, editor) -> Run:
    run = gate.begin(candidate, by=editor)
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    return run


def test_without_suites_nothing_is_asked_for(two):
    assert gate.missing(two[0]) == "" and not gate.shown_by(two[0]).asked


def test_it_has_to_be_run_first(two, greetings, editor):
    assert "Release 1 has to be run on Greetings" in gate.missing(two[0])
    with pytest.raises(GateClosed, match="Greetings"):
        serving.publish(two[0], by=editor)


def test_one_that_passes_is_published_and_one_that_does_not_stays_out(two, greetings, editor):
    run = ran(two[0], editor)
    assert [side["kind"] for side in run.sides] == ["present", "release"]
    assert gate.missing(two[0]) == ""
    serving.publish(two[0], by=editor)
    ran(two[1], editor)
    assert "0 of 2" in gate.missing(two[1])
    with pytest.raises(GateClosed):
        serving.try_out(two[1], 10, by=editor)


def test_so_many_of_100_may_be_asked_for(two, greetings, editor):
    row = keep(Scenario(), scenario("Evening", "Good evening"), author=None)
    row.suite = greetings
    row.save()
    ReleasePolicy.objects.update(at_least=60)
    ran(two[0], editor)  # 2 of 3
    ran(two[1], editor)  # 1 of 3
    assert gate.missing(two[0]) == "" and "1 of 3" in gate.missing(two[1])


def test_a_run_of_other_suites_shows_nothing(two, greetings, editor):
    ran(two[0], editor)
    ReleasePolicy.objects.get().suites.add(Suite.objects.create(name="More"))
    assert "Greetings, More" in gate.missing(two[0])


def test_what_could_not_be_run_keeps_the_gate_shut(two, greetings, editor):
    run = gate.begin(two[0], by=editor)
    Case.objects.filter(run=run, side=1, place=0).update(state="failed", error="interrupted")
    work_on(run.pk)
    assert "1 of 2" in gate.missing(two[0])


def test_a_stopped_run_does_not_hide_the_one_before(two, greetings, editor):
    ran(two[0], editor)
    run = gate.begin(two[0], by=editor)
    Run.objects.filter(pk=run.pk).update(state="cancelled")
    assert gate.missing(two[0]) == ""


def test_an_empty_suite_cannot_be_run(two, greetings, editor):
    greetings.scenarios.all().delete()
    with pytest.raises(Unclear, match="no scenario"):
        gate.begin(two[0], by=editor)


def test_the_present_side_is_what_customers_got_when_the_run_was_asked_for(two, greetings, editor):
    ran(two[0], editor)
    serving.publish(two[0], by=editor)
    run = gate.begin(two[1], by=editor)
    serving.serve_settings(two[0].assistant, by=editor, despite="To see")
    work_on(run.pk)
    assert run.sides[0] == {"kind": "present", "release": 1}
    assert (compared(run).only_first, compared(run).only_second) == (2, 0)


def test_the_settings_pass_the_same_gate_as_a_release(two, greetings, editor):
    """They say “Good evening!”, as the second release does."""
    ada = two[0].assistant
    serving.publish(two[0], by=editor, despite="To see")
    with pytest.raises(GateClosed, match="settings as they are now have to be run on Greetings"):
        serving.serve_settings(ada, by=editor)
    with pytest.raises(GateClosed):
        serving.roll_back(ada, by=editor)
    run = ran(ada, editor)
    assert [side["kind"] for side in run.sides] == ["present", "settings"]
    assert "0 of 2 go as expected with the settings" in gate.missing(ada)
    row = serving.roll_back(ada, by=editor, despite="The shop is on fire")
    assert row.release is None and row.facts["despite"] == "The shop is on fire"


def test_what_a_release_has_shown_the_settings_have_while_they_say_the_same(two, greetings, editor):
    """They are as the second release is."""
    ada = two[0].assistant
    ran(two[1], editor)
    assert "0 of 2 go as expected with the settings" in gate.missing(ada)
    ada.tone = "brisk"
    ada.save()
    assert "have to be run" in gate.missing(ada)


def test_a_run_counts_only_while_the_settings_are_as_they_were(two, greetings, editor):
    ada = two[0].assistant
    say_instead(Flow.objects.get(key="hello"), "Good day!")
    ran(ada, editor)
    assert gate.missing(ada) == ""
    ada.tone = "brisk"
    ada.save()
    assert "have to be run" in gate.missing(ada)
    ada.tone = ""
    ada.save()
    assert gate.missing(ada) == ""


def test_what_customers_get_is_the_settings_where_there_is_no_release(two, greetings, editor, ask_present):
    say_instead(Flow.objects.get(key="hello"), "Good day!")
    work_on(ask_present().pk)
    assert gate.missing(two[0].assistant) == ""
    serving.publish(two[1], by=editor, despite="To see")
    serving.serve_settings(two[0].assistant, by=editor)


def test_a_run_of_what_customers_got_shows_nothing_of_other_settings(two, greetings, editor, ask_present):
    serving.publish(two[0], by=editor, despite="To see")
    work_on(ask_present().pk)
    assert "have to be run" in gate.missing(two[0].assistant)


def test_what_is_rolled_back_by_itself_passes_no_gate(two, greetings, editor):
    serving.publish(two[0], by=editor, despite="To see")
    assert serving.roll_back(two[0].assistant, by=None, why=Serving.Why.WORSE).release is None


def test_where_most_get_the_settings_nothing_is_asked(two, greetings, editor):
    serving.try_out(two[0], 10, by=editor, despite="To see")
    assert serving.serve_settings(two[0].assistant, by=editor).trial is None


def test_the_gate_does_not_wait_for_a_judge(two, greetings, editor):
    run = ran(two[0], editor)
    let_read(run.pk, "offline")
    run.refresh_from_db()
    assert run.state == "reading"
    assert gate.missing(two[0]) == "" and gate.shown_by(two[0]).run == run


def missed_by_a_judge(run: Run, kind: str) -> None:
    """One of its scenarios was played as expected, but for what a judge says."""
    case = Case.objects.get(run=run, side=1, place=0)
    check = {"kind": kind, "wanted": "It is warm.", "met": False, "found": "It is curt."}
    case.turned[0]["checks"].append(check)
    case.passed, case.judged_right = False, False
    case.save()
    run.figures = [one.as_json() for one in figures_of(run)]
    run.save()


def test_what_a_judge_says_that_is_not_known_to_agree_with_people_shuts_no_gate(two, greetings, editor):
    run = ran(two[0], editor)
    missed_by_a_judge(run, "rubric")
    assert gate.missing(two[0]) == "", "neither a rubric nor that the judge calls an answer wrong"


def test_where_it_is_known_to_agree_it_does(two, greetings, editor, judge):
    run = ran(two[0], editor)
    missed_by_a_judge(run, "rubric")
    assert gate.missing(two[0]) == ""
    reviewed_alike(two[0].assistant, editor, judge="judge")
    assert "1 of 2" in gate.missing(two[0])


def test_what_rules_say_is_missed_keeps_it_shut(two, greetings, editor):
    run = ran(two[0], editor)
    missed_by_a_judge(run, "says")
    assert "1 of 2" in gate.missing(two[0])


def reviewed_alike(assistant, editor, *, judge: str) -> None:
    """Forty answers of which people and the judge say the same: half of them are wrong."""
    customer = Customer.objects.create(name="Carla")
    talk = Conversation.objects.create(assistant=assistant, customer=customer)
    for number in range(40):
        right = bool(number % 2)
        message = Message.objects.create(
            conversation=talk, seq=number + 1, changed_seq=number + 1, kind="assistant", text="Good day!",
            outcome="answered",
        )  # fmt: skip
        item = ReviewItem.objects.create(message=message, asked_at=timezone.now())
        Review.objects.create(item=item, reviewer=editor, verdict="right" if right else "incorrect")
        JudgedAnswer.objects.create(message=message, judge=judge, right=right)
