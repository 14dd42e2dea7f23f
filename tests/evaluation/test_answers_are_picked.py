"""Which answers come into the review queue, why, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from conversations import handoff
from conversations.models import Message, Rating
from conversations.posting import record
from conversations.ratings.giving import rate, rate_conversation
from evaluation.models import Picked, ReviewItem
from evaluation.reviews import picking
from evaluation.reviews.picking import pick
from evaluation.reviews.rows import Reason
from evaluation.reviews.worth import is_sampled, reasons_of, weight_of
from tests.evaluation.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sample_and_no_waiting(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 0
    monkeypatch.setattr(picking, "SETTLED", timedelta(seconds=-5))
    monkeypatch.setattr(picking, "SAID", timedelta(seconds=-5))


def picked(answer: Message) -> list[str]:
    """Its reasons, once everything was looked at."""
    pick()
    item = ReviewItem.objects.filter(message=answer).first()
    return item.reasons if item else []


def rated(answer: Message, score: int, **said: str) -> None:
    rate(conversation_id=answer.conversation_id, message_id=answer.pk, score=score, **said)


def test_a_question_without_an_answer(ask: Ask) -> None:
    assert picked(ask("Dogs?")) == [Reason.DECLINED]
    assert picked(ask("Cats?", reasons=["nothing_found"])) == [Reason.NOTHING_FOUND]


def test_an_answer_that_is_fine_stays_out(ask: Ask) -> None:
    assert picked(ask("Returns?", outcome="answered", reasons=[])) == []


def test_what_is_refused_on_purpose_stays_out(ask: Ask) -> None:
    assert picked(ask("Write me a poem", reasons=["out_of_scope: poems"])) == []
    assert picked(ask("Your opinion?", reasons=["guarded"])) == []


def test_a_complaint_counts_more_with_words_and_can_be_taken_back(ask: Ask) -> None:
    quiet, loud = ask("A?", outcome="answered", reasons=[]), ask("B?", outcome="answered", reasons=[])
    rated(quiet, -1)
    rated(loud, -1, reason="incorrect", comment="It is 12 €.")
    assert picked(loud) == [Reason.LOW_RATING]
    order = list(ReviewItem.objects.worst_first().values_list("message", flat=True))
    assert order == [loud.pk, quiet.pk]
    rated(quiet, 1)
    assert picked(quiet) == []


def test_a_complaint_after_the_review_opens_it_again(ask: Ask) -> None:
    answer = ask("Dogs?")
    picked(answer)
    ReviewItem.objects.update(state="done")
    rated(answer, -1)
    assert picked(answer) == sorted([Reason.DECLINED, Reason.LOW_RATING])
    assert ReviewItem.objects.get().state == "open"


def test_the_answer_after_which_a_person_was_wanted(ask: Ask) -> None:
    answer = ask("Returns?", outcome="answered", reasons=[])
    handoff.request_person(conversation_id=answer.conversation_id)
    assert picked(answer) == [Reason.HANDOFF]


def test_a_person_who_comes_by_a_rule_is_no_fault_of_the_answer(ask: Ask) -> None:
    answer = ask("Returns?", outcome="answered", reasons=[])
    with record(answer.conversation_id) as writing:
        handoff.wait_for_person(writing, reason="policy")
    assert picked(answer) == []


def test_the_last_answer_of_a_conversation_that_ended_badly(ask: Ask, editor: Any) -> None:
    answer = ask("Returns?", outcome="answered", reasons=[])
    handoff.resolve(conversation_id=answer.conversation_id, user=editor)
    line = answer.conversation.messages.get(data__code="resolved")
    rate_conversation(conversation_id=answer.conversation_id, message_id=line.pk, score=1)
    assert picked(answer) == [Reason.BAD_ENDING]


def test_a_sentence_that_was_taken_out_and_a_model_that_failed() -> None:
    assert reasons_of("answered", {"reasons": ["dropped_2"]}) == [Reason.FAILED_CHECK]
    assert reasons_of("answered", {"reasons": [], "degraded": "model_timeout"}) == [Reason.FAILED_CHECK]
    assert reasons_of("answered", {"reasons": [], "degraded": "words_only"}) == []


def test_a_passage_just_above_the_floor_is_weak_grounding() -> None:
    passages = [{"score": 0.605}, {"score": 0.51}]
    assert reasons_of("answered", {"floor": 0.6, "passages": passages}) == [Reason.WEAK_GROUNDING]
    assert reasons_of("answered", {"floor": 0.5, "passages": passages}) == []
    assert reasons_of("answered", {"floor": None, "passages": []}) == []


def test_no_heap_of_suspicions_stands_above_a_complaint() -> None:
    suspicions = [Reason.DECLINED, Reason.HANDOFF, Reason.WEAK_GROUNDING, Reason.SAMPLE]
    assert weight_of(suspicions) < weight_of([Reason.LOW_RATING])
    assert weight_of([]) == 0


def test_chance_takes_the_same_answers_again_and_about_the_share() -> None:
    chosen = [pk for pk in range(20_000) if is_sampled(pk, 0.02)]
    assert chosen == [pk for pk in range(20_000) if is_sampled(pk, 0.02)]
    assert 300 < len(chosen) < 500
    assert not any(is_sampled(pk, 0) for pk in range(100)) and all(is_sampled(pk, 1) for pk in range(100))


def test_what_chance_takes_goes_to_two(ask: Ask, settings: Any) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 100
    assert picked(ask("Returns?", outcome="answered", reasons=[])) == [Reason.SAMPLE]
    assert ReviewItem.objects.get().wanted == 2


def test_looking_again_changes_nothing_and_goes_on_where_it_was(ask: Ask) -> None:
    first = ask("Dogs?")
    picked(first)
    before = list(ReviewItem.objects.values())
    assert pick() == 0 and list(ReviewItem.objects.values()) == before
    Picked.objects.all().delete()
    pick()
    assert list(ReviewItem.objects.values()) == before


def test_an_answer_that_another_has_replaced_is_left_out(ask: Ask) -> None:
    answer = ask("Dogs?")
    with record(answer.conversation_id) as writing:
        writing.touch(answer, data={"replaced": True})
    assert picked(answer) == []


def test_a_complaint_that_is_dated_back_is_seen_and_one_that_changes_too(ask: Ask) -> None:
    """Conversations that were never had are moved into the past as they are made."""
    first, second = ask("A?", outcome="answered", reasons=[]), ask("B?", outcome="answered", reasons=[])
    rated(first, -1)
    assert picked(first)
    rated(second, -1)
    Rating.objects.filter(message=second).update(updated_at=timezone.now() - timedelta(days=3))
    pick()
    assert ReviewItem.objects.filter(message=second).exists()
    rated(second, 1)
    assert picked(second) == []


def test_who_asks_for_a_person_at_once_finds_fault_with_no_answer(ask: Ask) -> None:
    answer = ask("A person, please", outcome="handoff", reasons=[])
    with record(answer.conversation_id) as writing:
        handoff.wait_for_person(writing, reason="customer_request")
    assert picked(answer) == []
    other = ask("A lamp of 1920?", outcome="handoff", reasons=[])
    with record(other.conversation_id) as writing:
        handoff.wait_for_person(writing, reason="missing_knowledge")
    assert picked(other) == [Reason.HANDOFF]
