"""An open page of the review queue, or of corrections, learns what colleagues have done since."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from accounts.models import User
from conversations.models import Message
from evaluation.models import Correction, ReviewItem
from evaluation.reviews import reviewing
from evaluation.reviews.meanwhile import Stand
from evaluation.reviews.picking import note
from tests.evaluation.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(ask: Ask) -> list[Message]:
    """The worst first."""
    answers = [ask("Worst?"), ask("Bad?")]
    for answer, reason in zip(answers, ["low_rating", "declined"], strict=True):
        note(answer, [reason])
    return answers


@pytest.fixture
def colin(db: None) -> User:
    return User.objects.create_user("colin", first_name="Colin", role="agent")


def address(page: str) -> str:
    found = re.search(r'id="meanwhile"[^>]* data-address="([^"]+)"', page)
    assert found
    return unescape(found[1])


def opened(browser: Client, answer: Message, query: str = "") -> str:
    """Where the page of this answer asks for news."""
    return address(browser.get(f"/staff/review/{answer.pk}/{query}").text)


def now(browser: Client, where: str) -> tuple[list[int], str]:
    """The rows, and what is said of the answer."""
    page = browser.get(where).text
    said = re.search(r'<p id="meanwhile-answer">(.*?)</p>', page)
    assert said
    return [int(key) for key in re.findall(r'data-key="(\d+)"', page)], unescape(said[1])


def test_where_nothing_was_done_nothing_is_said(browser: Client, two: list[Message]) -> None:
    where = opened(browser, two[0])
    assert now(browser, where) == ([one.pk for one in two], "")
    assert 'aria-current="true"' in browser.get(where).text
    assert address(browser.get(where).text) == where


def test_what_a_colleague_says_of_it(browser: Client, two: list[Message], colin: User, editor: User) -> None:
    where = opened(browser, two[0])
    reviewing.judge(ReviewItem.objects.get(pk=two[0].pk), reviewer=colin, verdict="incomplete")
    rows, said = now(browser, where)
    assert rows == [two[1].pk] and said == "Colin has reviewed it: Something is missing."
    assert now(browser, opened(browser, two[0]))[1] == ""  # whoever opens it now sees it there
    where = opened(browser, two[1])
    reviewing.judge(ReviewItem.objects.get(pk=two[1].pk), reviewer=editor, verdict="right")
    assert now(browser, where) == ([], "")  # one's own


def test_who_is_to_judge_unknowing_learns_no_more_than_that(
    browser: Client, two: list[Message], colin: User
) -> None:
    ReviewItem.objects.filter(pk=two[0].pk).update(wanted=2)
    where = opened(browser, two[0])
    reviewing.judge(ReviewItem.objects.get(pk=two[0].pk), reviewer=colin, verdict="incorrect")
    assert now(browser, where)[1] == "A colleague has reviewed it."


def test_given_away_passed_over_put_right_with_another(
    browser: Client, two: list[Message], colin: User, editor: User
) -> None:
    item, where = ReviewItem.objects.get(pk=two[0].pk), opened(browser, two[0])
    reviewing.assign(item, colin)
    assert now(browser, where)[1] == "It was given to Colin."
    reviewing.assign(item, editor)
    assert now(browser, where)[1] == "It was given to you."
    reviewing.assign(item, None)
    assert now(browser, where)[1] == ""
    reviewing.dismiss(item)
    assert now(browser, where) == ([two[1].pk], "A colleague has passed it over.")
    ReviewItem.objects.update(state="covered")
    assert now(browser, where)[1] == "It was put right with another answer to the same question."
    two[0].delete()
    assert now(browser, where) == ([], "It is no longer in the queue.")


def test_the_list_is_the_one_that_is_shown(browser: Client, two: list[Message]) -> None:
    where = opened(browser, two[0], "?reason=declined&state=nonsense")
    assert now(browser, where)[0] == [two[1].pk]


@pytest.mark.parametrize("said", ["", "x", "open", "open.1", "open.1.2.3", "gone.1.1", "\x00.0.0"])
def test_nonsense_is_no_stand(browser: Client, two: list[Message], said: str) -> None:
    assert Stand.read(said) is None
    assert browser.get("/staff/review/queue/", {"answer": "9" * 30, "stood": said}).status_code == 200


def test_corrections_as_they_are_now(browser: Client, two: list[Message]) -> None:
    facts = {"question": "Dogs?", "language": "en", "cause": "other"}
    assistant = two[0].conversation.assistant
    made = Correction.objects.create(message=two[0], assistant=assistant, **facts)
    where = address(browser.get("/staff/review/corrections/").text)
    hx = {"HX-Request": "true"}
    page = browser.get(where, headers=hx).text
    assert f'data-key="{made.pk}"' in page and "<html" not in page
    Correction.objects.update(state="right")
    assert "data-key" not in browser.get(where, headers=hx).text
    right = address(browser.get("/staff/review/corrections/?state=right").text)
    assert f'data-key="{made.pk}"' in browser.get(right, headers=hx).text
