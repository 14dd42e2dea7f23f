"""Fifty customers who ask the very same are one row of the review queue, and are passed over together."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEntry, User
from conversations import putting_right
from conversations.models import Message
from evaluation.corrections.covering import cover
from evaluation.models import Correction, ReviewItem
from evaluation.reviews import queueing, reviewing
from evaluation.reviews.picking import note
from evaluation.reviews.queueing import Filters, next_for
from evaluation.reviews.sameness import number_of, plain
from tests.evaluation.conftest import Ask
from tests.fuzz.values import fuzz

GIFT = "Do you wrap gifts?"


def test_the_very_same_is_the_same_words() -> None:
    same = [GIFT, "do you WRAP gifts", "  Do you\nwrap gifts ?!", "Ｄo you wrap gifts…"]
    assert len({number_of(text, assistant=1, language="en") for text in same}) == 1
    others = [
        number_of("Do you wrap a gift?", assistant=1, language="en"),
        number_of(GIFT, assistant=2, language="en"),
        number_of(GIFT, assistant=1, language="fr"),
        number_of("Is it 5 €?", assistant=1, language="en"),
        number_of("Is it 5 %?", assistant=1, language="en"),
    ]
    assert len({number_of(GIFT, assistant=1, language="en"), *others}) == 6
    assert number_of(" … ", assistant=1, language="en") is None


@given(st.text())
def test_a_question_is_the_same_as_itself_in_plain_words(text: str) -> None:
    number = number_of(text, assistant=1, language="en")
    assert number == number_of(plain(text), assistant=1, language="en")
    assert number is None or -(2**63) <= number < 2**63


def waits(ask: Ask, text: str, reason: str = "declined", **facts: Any) -> Message:
    answer = ask(text, **facts)
    note(answer, [reason])
    return answer


@pytest.fixture
def gifts(ask: Ask) -> list[Message]:
    """The worst of them first; behind them in the queue stands another question."""
    worst = waits(ask, GIFT, "low_rating", days_ago=2)
    rest = [waits(ask, "do you wrap gifts"), waits(ask, "Do you wrap gifts ?")]
    waits(ask, "Do you sell tractors?", "weak_grounding")
    return [worst, *reversed(rest)]


def rows(browser: Client, answer: Message, query: str = "") -> list[tuple[int, int]]:
    """Of the queue beside an answer, with how many others stand behind each."""
    shown = browser.get(f"/staff/review/{answer.pk}/{query}").context
    return [(one.pk, getattr(one, "others", 0)) for one in shown["items"]]


@pytest.mark.django_db
def test_they_are_one_row_and_the_worst_stands_for_them(browser: Client, gifts: list[Message]) -> None:
    worst, second, _third = gifts
    tractors = ReviewItem.objects.get(weight=1.5).pk
    assert rows(browser, worst) == [(worst.pk, 2), (tractors, 0)]
    page = browser.get(f"/staff/review/{second.pk}/").content.decode()
    assert "and 2 others" in page and "2 others asked exactly this" in page
    assert browser.get(f"/staff/review/{second.pk}/").context["here"] == worst.pk  # marked in the list


@pytest.mark.django_db
def test_another_language_or_assistant_is_another_question(ask: Ask, browser: Client) -> None:
    english = waits(ask, "Garantie?")
    french = waits(ask, "Garantie?", language="fr")
    assert {pk for pk, _others in rows(browser, english)} == {english.pk, french.pk}


@pytest.mark.django_db
def test_judging_is_of_one_and_leads_on_to_another_question(browser: Client, gifts: list[Message]) -> None:
    worst, second, third = gifts
    tractors = ReviewItem.objects.get(weight=1.5).pk
    sent = browser.post(f"/staff/review/{worst.pk}/judge/", {"verdict": "incorrect"})
    assert sent["Location"] == f"/staff/review/{tractors}/"
    assert rows(browser, second) == [(second.pk, 1), (tractors, 0)]
    sent = browser.post(f"/staff/review/{tractors}/judge/", {"verdict": "right"})
    assert sent["Location"] == f"/staff/review/{second.pk}/"
    sent = browser.post(f"/staff/review/{second.pk}/judge/", {"verdict": "right"})
    assert sent["Location"] == f"/staff/review/{third.pk}/"  # nothing else is left


@pytest.mark.django_db
def test_passed_over_together_and_said_how_many(browser: Client, gifts: list[Message]) -> None:
    tractors = ReviewItem.objects.get(weight=1.5)
    page = browser.post(f"/staff/review/{gifts[1].pk}/pass-over/", follow=True).content.decode()
    assert "3 answers are passed over. They can be put back" in page
    assert list(ReviewItem.objects.filter(state="open")) == [tractors]
    assert AuditEntry.objects.get(action="discarded").after == {"answers": 3}


@pytest.mark.django_db
def test_passed_over_by_mistake_they_are_put_back_together(browser: Client, gifts: list[Message]) -> None:
    worst = gifts[0]
    browser.post(f"/staff/review/{worst.pk}/pass-over/")
    listed = browser.get("/staff/review/?state=dismissed", follow=True)
    assert "Put back" in listed.content.decode() and listed.context["items"][0].others == 2
    page = browser.post(f"/staff/review/{worst.pk}/put-back/?state=dismissed", follow=True).content.decode()
    assert "3 answers wait for a review again." in page and "Put back" not in page
    assert ReviewItem.objects.filter(state="open").count() == 4
    again = browser.post(f"/staff/review/{worst.pk}/put-back/?state=dismissed", follow=True).content.decode()
    assert "nothing to put back any more" in again
    reviewing.judge(ReviewItem.objects.get(pk=worst.pk), reviewer=User.objects.get(), verdict="right")
    browser.post(f"/staff/review/{worst.pk}/put-back/")
    assert ReviewItem.objects.get(pk=worst.pk).state == "done"  # it was not passed over


@pytest.mark.django_db
def test_what_is_given_to_a_colleague_or_filtered_out_is_not_passed_over(
    browser: Client, gifts: list[Message]
) -> None:
    worst, second, third = gifts
    colin = User.objects.create_user("colin", role="agent")
    reviewing.assign(ReviewItem.objects.get(pk=second.pk), colin)
    browser.post(f"/staff/review/{third.pk}/pass-over/?reason=declined")
    states = dict(ReviewItem.objects.values_list("pk", "state"))
    assert (states[worst.pk], states[second.pk], states[third.pk]) == ("open", "open", "dismissed")


@pytest.mark.django_db
def test_what_two_judge_unknowing_stands_by_itself(browser: Client, gifts: list[Message]) -> None:
    worst, second, third = gifts
    ReviewItem.objects.filter(pk=second.pk).update(wanted=2)
    assert (second.pk, 0) in rows(browser, worst) and (worst.pk, 1) in rows(browser, worst)
    browser.post(f"/staff/review/{second.pk}/pass-over/")
    assert ReviewItem.objects.get(pk=worst.pk).state == "open"
    ReviewItem.objects.filter(pk=second.pk).update(state="open")
    browser.post(f"/staff/review/{worst.pk}/pass-over/")
    states = dict(ReviewItem.objects.values_list("pk", "state"))
    assert (states[second.pk], states[third.pk]) == ("open", "dismissed")


@pytest.mark.django_db
def test_each_of_them_can_be_looked_at(browser: Client, gifts: list[Message]) -> None:
    worst, second, third = gifts
    query = f"?like={third.pk}"
    assert {pk for pk, _others in rows(browser, worst, query)} == {one.pk for one in gifts}
    sent = browser.post(f"/staff/review/{worst.pk}/judge/{query}", {"verdict": "right"})
    assert sent["Location"] == f"/staff/review/{second.pk}/{query}"
    browser.post(f"/staff/review/{second.pk}/pass-over/{query}")
    assert ReviewItem.objects.get(pk=third.pk).state == "open"  # of those one by one, one is passed over
    assert "All questions" in browser.get(f"/staff/review/{third.pk}/{query}").content.decode()


@pytest.mark.django_db
def test_a_correction_is_of_exactly_these(gifts: list[Message], editor: User) -> None:
    worst, second, third = gifts
    made = Correction.objects.create(
        message=worst, assistant=worst.conversation.assistant, question=GIFT, right_answer="Yes, for €3.",
        language="en", cause="other", state="right", right_at=third.created_at.replace(year=2100),
    )  # fmt: skip
    covered, more = cover(made)
    assert {one.pk for one in covered} == {second.pk, third.pk} and not more


@pytest.mark.django_db
def test_old_rows_are_numbered_by_the_migration(gifts: list[Message]) -> None:
    known = dict(ReviewItem.objects.values_list("pk", "same_question"))
    ReviewItem.objects.update(same_question=None)
    migration = importlib.import_module("evaluation.migrations.0007_number_questions")
    migration.number_questions(apps, None)
    assert dict(ReviewItem.objects.values_list("pk", "same_question")) == known
    assert len(set(known.values())) == 2


@pytest.mark.django_db
def test_old_rows_are_told_by_the_migration_what_covers_them(gifts: list[Message]) -> None:
    worst, second, third = gifts
    made = Correction.objects.create(
        message=worst, assistant=worst.conversation.assistant, question=GIFT, right_answer="Yes.",
        language="en", cause="other",
    )  # fmt: skip
    putting_right.mark(second, correction=made.pk, answer="Yes.")
    putting_right.mark(third, correction=999_999, answer="Yes.")  # deleted since
    ReviewItem.objects.filter(pk__in=[second.pk, third.pk]).update(state="covered")
    importlib.import_module("evaluation.migrations.0007_number_questions").point_to_corrections(apps, None)
    assert list(made.covers.values_list("pk", flat=True)) == [second.pk]


@pytest.mark.django_db
def test_the_queue_is_what_one_would_make_of_it_by_hand(ask: Ask, editor: User) -> None:
    answers = [ask(f"{word}?") for word in ("One", "one", "Two", "two ", "TWO", "Three", "")]
    for answer in answers:
        note(answer, ["declined"])
    weights, states = st.sampled_from([1.0, 2.0]), st.sampled_from(["open", "open", "done"])
    wanted, reasons = st.sampled_from([1, 1, 2]), st.sampled_from([["declined"], ["handoff"]])
    one = st.tuples(weights, states, wanted, reasons)

    @fuzz(40)
    @given(st.lists(one, min_size=len(answers), max_size=len(answers)), st.sampled_from(["", "handoff"]))
    def holds(drawn: list[tuple[float, str, int, list[str]]], reason: str) -> None:
        for answer, (weight, state, number, why) in zip(answers, drawn, strict=True):
            facts = {"weight": weight, "state": state, "wanted": number, "reasons": why}
            ReviewItem.objects.filter(pk=answer.pk).update(**facts)
        filters = Filters(reason=reason)
        seen: dict[Any, list[int]] = {}
        for item in ReviewItem.objects.filter(state="open").worst_first():
            if not reason or reason in item.reasons:
                alone = item.same_question is None or item.wanted > 1
                seen.setdefault(item.pk if alone else f"q{item.same_question}", []).append(item.pk)
        by_hand = [(pks[0], len(pks) - 1) for pks in seen.values()]
        assert list(queueing.queue(filters, editor).values_list("pk", "others")) == by_hand
        first = next_for(editor, filters)
        assert (first.pk if first else None) == (by_hand[0][0] if by_hand else None)

    holds()
