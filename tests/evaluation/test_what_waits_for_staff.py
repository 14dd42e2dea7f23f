"""What waits in the review queue and among corrections, counted for whoever looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from conversations.inbox.to_do import counted
from conversations.models import Message
from evaluation.models import Correction, ReviewItem
from evaluation.reviews import reviewing
from evaluation.reviews.picking import note
from tests.conversations.inbox.test_what_waits import bell, count_in
from tests.evaluation.conftest import Ask
from tests.evaluation.correcting import corrected, proved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def waiting(user: User) -> dict[str, str]:
    cache.clear()
    return dict(counted(user))


def test_open_reviews_that_are_mine_or_nobodys(ask: Ask, browser: Client, editor: User) -> None:
    colin = User.objects.create_user("colin", role="agent")
    answers = [ask(text) for text in ("One?", "Two?", "Two?", "Three?", "Four?")]
    for answer in answers:
        note(answer, ["declined"])
    one, _two, _again, three, four = (ReviewItem.objects.get(pk=answer.pk) for answer in answers)
    reviewing.assign(three, colin)
    reviewing.assign(four, editor)
    assert (waiting(editor)["review"], waiting(colin)["review"]) == ("3", "3")
    reviewing.ask_another(one)
    reviewing.judge(one, reviewer=editor, verdict="right")
    ReviewItem.objects.filter(pk=one.pk).update(state="open", wanted=2)  # of somebody else
    assert (waiting(editor)["review"], waiting(colin)["review"]) == ("2", "3")
    cache.clear()
    assert count_in(bell(browser), "review") == "2, 2 to do"
    page = browser.get(f"/staff/review/{four.pk}/").content.decode()
    assert count_in(page, "review") == "2, 2 to do"


def test_corrections_that_wait_for_somebody(wrong: Message, client: Client, editor: User) -> None:
    agnes = User.objects.create_user("agnes", role="agent")
    client.force_login(agnes)
    correction = proved(corrected(client, wrong, facts="Guide animals may sleep near the till."))
    assert waiting(editor)["corrections"] == "1"  # a draft is to be published
    assert waiting(agnes)["corrections"] == ""
    client.force_login(editor)
    client.post(f"/staff/review/corrections/{correction.pk}/publish/")
    assert waiting(editor)["corrections"] == waiting(agnes)["corrections"] == ""  # it is asked again first
    assert proved(correction).state == "wrong"
    assert waiting(agnes)["corrections"] == "1"  # published, and wrong all the same
    assert waiting(editor)["corrections"] == ""
    cache.clear()
    client.force_login(agnes)
    assert count_in(bell(client), "corrections") == "1, corrections: 1 waiting for you"
    listed = client.get("/staff/review/corrections/?state=mine").content.decode()
    assert f"/staff/review/corrections/{correction.pk}/" in listed and "1 corrections" not in listed
    client.force_login(editor)
    listed = client.get("/staff/review/corrections/?state=mine").content.decode()
    assert f"/staff/review/corrections/{correction.pk}/" not in listed


def test_a_rule_that_is_off_waits_for_an_editor(wrong: Message, browser: Client, editor: User) -> None:
    correction = proved(corrected(browser, wrong, cause="guidance", rule="Always name the café."))
    assert waiting(editor)["corrections"] == "1"
    assert correction.guidance
    correction.guidance.enabled = True
    correction.guidance.save()
    Correction.objects.update(check_due_at=None)
    assert waiting(editor)["corrections"] == "1"  # theirs, on, and still wrong
    Correction.objects.update(state="right")
    assert waiting(editor)["corrections"] == ""
