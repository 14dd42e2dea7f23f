"""The pages of the review queue: what comes next, judging, several reviewers, agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conversations.models import Message
from evaluation.models import ReviewItem
from evaluation.reviews import reviewing
from evaluation.reviews.picking import note
from evaluation.reviews.queueing import Filters, next_for
from tests.evaluation.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(ask: Ask) -> list[Message]:
    """The worst first."""
    answers = [ask("Worst?"), ask("Bad?"), ask("Weak?")]
    for answer, reason in zip(answers, ["low_rating", "declined", "weak_grounding"], strict=True):
        note(answer, [reason])
    return answers


@pytest.fixture
def colleague(db: None) -> User:
    return User.objects.create_user("colin", role="agent")


def judged(browser: Client, answer: Message, verdict: str = "right", **more: str) -> str:
    sent = browser.post(f"/staff/review/{answer.pk}/judge/", {"verdict": verdict, **more})
    return sent["Location"]


def test_the_worst_comes_first_and_then_the_next(browser: Client, three: list[Message]) -> None:
    worst, bad, weak = three
    assert browser.get("/staff/review/")["Location"] == f"/staff/review/{worst.pk}/"
    page = browser.get(f"/staff/review/{worst.pk}/").content.decode()
    assert "Worst?" in page and "Bad?" in page and "Rated as not helpful" in page
    assert judged(browser, worst) == f"/staff/review/{bad.pk}/"
    assert judged(browser, bad, "incorrect", remark="Dogs may.") == f"/staff/review/{weak.pk}/"
    assert judged(browser, weak, "other") == "/staff/review/"
    assert "Nothing is left to review" in browser.get("/staff/review/").content.decode()


def test_what_a_colleague_has_open_is_not_next(
    browser: Client, three: list[Message], editor: User, colleague: User
) -> None:
    worst, bad, _weak = three
    browser.get(f"/staff/review/{worst.pk}/")
    found = next_for(colleague, Filters())
    assert found and found.pk == bad.pk
    ReviewItem.objects.update(looked_at=timezone.now() - timedelta(minutes=6))
    again = next_for(colleague, Filters())
    assert again and again.pk == worst.pk
    mine = next_for(editor, Filters())
    assert mine and mine.pk == worst.pk


def test_what_is_given_to_somebody_waits_for_them(
    browser: Client, three: list[Message], editor: User, colleague: User
) -> None:
    worst, bad, _weak = three
    browser.post(f"/staff/review/{worst.pk}/assign/", {"to": str(colleague.pk)})
    found = next_for(editor, Filters())
    assert found and found.pk == bad.pk
    theirs = next_for(colleague, Filters())
    assert theirs and theirs.pk == worst.pk
    shown = browser.get(f"/staff/review/{bad.pk}/?whose=nobody").content.decode()
    assert "Worst?" not in shown


def test_several_judge_unknowing_and_their_difference_is_found(
    browser: Client, three: list[Message], editor: User, colleague: User
) -> None:
    worst = three[0]
    ReviewItem.objects.filter(message=worst).update(wanted=2)
    item = ReviewItem.objects.get(message=worst)
    reviewing.judge(item, reviewer=colleague, verdict="incorrect", remark="secret-remark")
    page = browser.get(f"/staff/review/{worst.pk}/").content.decode()
    assert "secret-remark" not in page and "One colleague has reviewed it" in page
    item.refresh_from_db()
    assert item.state == "open"
    judged(browser, worst, "right")
    item.refresh_from_db()
    assert item.state == "done"
    assert "secret-remark" in browser.get(f"/staff/review/{worst.pk}/").content.decode()
    assert browser.get("/staff/review/?state=disagreed")["Location"].endswith(f"/{worst.pk}/?state=disagreed")
    shown = browser.get("/staff/review/agreement/").content.decode()
    assert "too few to say" in shown and "colin" in shown


def test_one_more_colleague_is_asked(browser: Client, three: list[Message], colleague: User) -> None:
    worst = three[0]
    judged(browser, worst)
    browser.post(f"/staff/review/{worst.pk}/another/")
    item = ReviewItem.objects.get(message=worst)
    assert (item.state, item.wanted) == ("open", 2)
    found = next_for(colleague, Filters())
    assert found and found.pk == worst.pk


def test_said_again_it_replaces_what_was_said(browser: Client, three: list[Message]) -> None:
    judged(browser, three[0], "right")
    judged(browser, three[0], "outdated")
    assert list(ReviewItem.objects.get(message=three[0]).reviews.values_list("verdict", flat=True)) == [
        "outdated"
    ]


def test_passed_over_it_is_gone(browser: Client, three: list[Message]) -> None:
    browser.post(f"/staff/review/{three[0].pk}/pass-over/")
    assert ReviewItem.objects.get(message=three[0]).state == "dismissed"


def test_any_answer_can_be_looked_at_and_judged(browser: Client, ask: Ask) -> None:
    answer = ask("Fine?", outcome="answered", reasons=[])
    assert browser.get(f"/staff/review/{answer.pk}/").status_code == 200
    assert not ReviewItem.objects.exists()
    judged(browser, answer, "incorrect")
    assert ReviewItem.objects.get().reasons == ["chosen"]


def test_nonsense_is_told_and_changes_nothing(browser: Client, three: list[Message]) -> None:
    judged(browser, three[0], "splendid")
    assert not ReviewItem.objects.get(message=three[0]).reviews.exists()
    assert browser.get(f"/staff/review/{three[0].pk}/?state=x&reason=y&whose=z&language=q").status_code == 200
    assert browser.get("/staff/review/999999999/").status_code == 404
    assert browser.post(f"/staff/review/{three[0].pk}/assign/", {"to": "0x"}).status_code == 404


def test_the_page_takes_few_queries(
    browser: Client, three: list[Message], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        browser.get(f"/staff/review/{three[0].pk}/")
