"""Questions that came to nothing are noted once, each in the gap that it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.models import Rating, Trace
from evaluation import deciding
from evaluation.collecting import collect
from evaluation.models import Gap, GapQuestion
from tests.evaluation.conftest import Ask, gap_of

pytestmark = pytest.mark.django_db

DOG = "Can I bring my dog into the shop?"
DOGS = "Are dogs allowed in your shop?"
CHIEN = "Est-ce que les chiens sont admis dans votre magasin ?"
VOUCHER = "Where do I enter the code of my gift voucher?"


def test_the_same_question_in_other_words_is_one_gap(ask: Ask) -> None:
    first, second, other = ask(DOG), ask(DOGS), ask(VOUCHER)
    assert collect() == 3
    assert gap_of(first) == gap_of(second) != gap_of(other)
    gap = Gap.objects.counted().get(pk=gap_of(first).pk)
    assert (gap.title, gap.times, gap.state) == (DOG, 2, "open")


@pytest.mark.django_db(transaction=True)
def test_another_language_is_the_same_gap(articles: None, ask: Ask) -> None:
    english, french = ask(DOGS), ask(CHIEN, language="fr")
    collect()
    assert gap_of(english) == gap_of(french)
    assert sorted(Gap.objects.counted().get().languages) == ["en", "fr"]


def test_each_question_is_noted_once(ask: Ask) -> None:
    ask(DOG)
    assert (collect(), collect()) == (1, 0)
    assert GapQuestion.objects.count() == 1


def test_a_new_question_finds_the_gap_that_is_there(ask: Ask, editor: Any) -> None:
    first = ask(DOG)
    collect()
    deciding.rename(gap_of(first), "Dogs")
    deciding.assign([gap_of(first)], editor)
    second = ask(DOGS)
    collect()
    gap = gap_of(second)
    assert (gap.title, gap.assignee, gap.state) == ("Dogs", editor, "assigned")


def test_what_is_answered_or_not_to_be_answered_is_no_gap(ask: Ask) -> None:
    ask(DOG, outcome="answered")
    ask(VOUCHER, reasons=["out_of_scope: Legal advice"])
    ask("???")
    assert collect() == 0 and not Gap.objects.exists()


def test_it_is_noted_without_a_trace(ask: Ask) -> None:
    Trace.objects.filter(message=ask(DOG)).delete()
    Trace.objects.filter(message=ask(VOUCHER)).update(route={})
    assert collect() == 2


def test_it_says_why(ask: Ask) -> None:
    ask(DOG, reasons=["nothing_found"])
    ask(VOUCHER, before="asked_back")
    rated = ask("How do I clean the lamp?", outcome="answered")
    Rating.objects.create(message=rated, score=-1)
    ask("May I pay by cheque?")
    collect()
    reasons = dict(GapQuestion.objects.values_list("text", "reason"))
    assert [reasons[text] for text in (DOG, VOUCHER, "How do I clean the lamp?")] == [
        "nothing_found", "unclear", "rated",
    ]  # fmt: skip
    assert reasons["May I pay by cheque?"] == "declined"


def test_the_question_is_kept_as_it_was_understood_without_personal_data(ask: Ask) -> None:
    ask("and for him?", query="Can Carla Winter (carla@secret.example) bring her dog?")
    collect()
    text = GapQuestion.objects.get().text
    assert text == "Can [name] [name] ([e-mail address]) bring her dog?" == Gap.objects.get().title


def test_it_goes_with_the_conversation(ask: Ask) -> None:
    answer = ask(DOG)
    collect()
    answer.conversation.customer.delete()
    collect()
    assert not GapQuestion.objects.exists() and not Gap.objects.exists()


def test_without_a_model_questions_wait(ask: Ask, settings: Any) -> None:
    address = settings.EMBEDDING_BASE_URL
    ask("Is there a cloakroom for wet umbrellas?")
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:9/v1"
    assert collect() == 0 and not Gap.objects.exists()
    settings.EMBEDDING_BASE_URL = address
    assert collect() == 1


def test_another_model_compares_only_its_own_vectors(ask: Ask) -> None:
    first = ask(DOG)
    collect()
    GapQuestion.objects.update(made_by="another model", vector=[1.0, 0.0])
    second = ask(DOGS)
    collect()
    assert gap_of(first) == gap_of(second)


def test_what_was_dismissed_stays_dismissed(ask: Ask) -> None:
    first = ask(DOG)
    collect()
    deciding.dismiss([gap_of(first)])
    second = ask(DOGS)
    collect()
    assert gap_of(second).state == "dismissed" and Gap.objects.count() == 1


def test_often_and_lately_comes_first(ask: Ask) -> None:
    ask(DOG, days_ago=25), ask(DOGS, days_ago=25), ask(VOUCHER)
    collect()
    assert [gap.times for gap in Gap.objects.counted().order_by("-worth")] == [1, 2]
    ask(CHIEN, language="fr")
    collect()
    assert Gap.objects.counted().order_by("-worth").first().times == 3
