"""Answers that people have reviewed are read by the judges too, unknowing, and the page says how far they
agree."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from conversations.models import Message
from evaluation.judging import reviewed
from evaluation.judging.agreement import agreed
from evaluation.judging.agreement_shown import agreement_of, of_judges, relied_on
from evaluation.judging.of_dimensions import OfDimension
from evaluation.judging.rows import JudgedAnswer
from evaluation.judging.stored import turns_until
from evaluation.reviews import reviewing
from evaluation.reviews.picking import note
from tests.evaluation.judging.conftest import RETURNS
from tests.evaluation.judging.conftest import judge as judge
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db
PAGE = "/staff/review/agreement/"


def test_what_was_reviewed_is_read_once_by_each_judge(answered, editor: User) -> None:
    right = answered("You have 30 days from delivery to return a lamp. [1]", "right", editor)
    wrong = answered("You have 90 days from delivery to return a lamp. [1]", "incorrect", editor)
    assert reviewed.judge_due() == 2 and reviewed.judge_due() == 0
    said = dict(JudgedAnswer.objects.values_list("message", "met"))
    assert (said[right.pk]["grounded"], said[wrong.pk]["grounded"]) == (True, False)
    found = agreement_of("offline")
    assert found.items == 2 and not found.is_enough


def test_the_judge_sees_what_was_said_and_nothing_of_the_review(answered, editor, judge: ModelServer) -> None:
    answered("You have 90 days from delivery to return a lamp. [1]", "incorrect", editor)
    judge.script({"text": "Lovely weather"})
    reviewed.judge_due()
    asked = judge.requests()[0]["body"]["messages"][1]["content"]
    assert "How long may I return it?" in asked and "30 days" in asked and "incorrect" not in asked
    assert JudgedAnswer.objects.get(judge="judge").right is None
    assert {one.name: one.undecided for one in of_judges()} == {"judge": 1, "without a model": 0}


def test_a_few_at_a_time_and_the_newest_first(answered, editor: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(reviewed, "AT_ONCE", 1)
    answered("You have 30 days.", "right", editor)
    newest = answered("You have 14 days.", "right", editor)
    assert reviewed.judge_due() == 1
    assert JudgedAnswer.objects.get().message_id == newest.pk


def test_an_answer_about_which_reviewers_disagree_is_left_out(answered, editor: User) -> None:
    answer = answered("You have 30 days from delivery to return a lamp. [1]", "right", editor)
    colin = User.objects.create_user("colin", role="agent")
    reviewing.judge(reviewing.item_of(answer), reviewer=colin, verdict="incorrect")
    reviewed.judge_due()
    assert agreement_of("offline").items == 0


def test_the_page_says_who_called_what_right(answered, editor: User, browser: Client) -> None:
    assert "No judge has read a reviewed answer yet" in browser.get(PAGE).text
    answered("You have 30 days from delivery to return a lamp. [1]", "right", editor)
    reviewed.judge_due()
    page = browser.get(PAGE).text
    assert "without a model" in page and "on 1 answer: too few" in page and "too few" in page


def test_what_is_judged_is_what_was_said_until_then(answered, editor: User) -> None:
    answer = answered("You have 30 days. [1]", "right", editor)
    (turn,) = turns_until(answer)
    assert (turn.words, turn.said, turn.sources[0].passage) == (
        "How long may I return it?", "You have 30 days. [1]", RETURNS,
    )  # fmt: skip


@pytest.fixture
def agreeing(answered, editor: User) -> None:
    """Forty answers of which reviewers and the judge say the same: half of them are wrong."""
    first = answered("You have 30 days. [1]", "right", editor)
    conversation = first.conversation
    for number in range(40):
        message = Message.objects.create(
            conversation=conversation, seq=100 + number, changed_seq=100 + number, kind="assistant",
            text="You have 30 days.", outcome="answered", language="en",
        )  # fmt: skip
        note(message, ["sample"])
        right = bool(number % 2)
        verdict = "right" if right else "incorrect"
        reviewing.judge(reviewing.item_of(message), reviewer=editor, verdict=verdict)
        JudgedAnswer.objects.create(
            message=message, judge="offline", right=right,
            met={"grounded": right, "helpful": None, "coherent": True, "tone": True},
        )  # fmt: skip


def test_of_each_dimension_the_page_says_whether_anything_may_rest_on_it(agreeing, browser: Client) -> None:
    dimensions = {one.dimension: one for one in of_judges()[0].dimensions}
    assert [name for name, one in dimensions.items() if one.counts] == ["grounded"]
    assert dimensions["grounded"].agreed.items == 40
    alike = OfDimension("tone", agreed([(True, True)] * 90))
    assert "lower end of κ has to reach 0.41" in alike.words, "all are alike, which tells nothing"
    assert "from 30 answers on" in dimensions["helpful"].words
    assert "reviews say nothing of it" in dimensions["coherent"].words
    page = browser.get(PAGE).text
    for one in dimensions.values():
        assert one.words in page
    assert relied_on("offline").endswith("to be relied on: Grounded.")
    assert "Nothing that it says is used for decisions" in relied_on("another")


def test_who_finds_one_fault_says_nothing_of_another(answered, editor: User) -> None:
    answered("You have 90 days. [1]", "incomplete", editor)
    reviewed.judge_due()
    found = {one.dimension: one.agreed.items for one in of_judges()[0].dimensions}
    assert found["grounded"] == 0 and found["tone"] == 0
