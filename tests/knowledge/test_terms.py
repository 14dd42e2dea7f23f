"""Words are counted so that a question's wording matters less than what it is about."""

from __future__ import annotations

import pytest

from knowledge.terms import (
    TERM_SPACE,
    content_words,
    count_passage_terms,
    count_terms,
    mix_counts,
    passage_weights,
    question_weights,
    term_id,
    tokenise,
)


def test_accents_and_case_do_not_matter():
    assert tokenise("L'Été à NOËL") == tokenise("l'ete a noel")


def test_a_plural_and_its_singular_share_a_stem():
    assert count_terms("printers", "en")["printer"] == count_terms("printer", "en")["printer"] == 1
    assert set(count_terms("imprimantes", "fr")) & set(count_terms("imprimante", "fr"))


def test_every_word_also_counts_as_itself():
    assert count_terms("Lexmark", "en")["=lexmark"] == 1


def test_words_that_say_nothing_are_left_out():
    assert content_words("How do I return it?", "en") == ["return"]
    assert content_words("Comment est-ce que je peux le rendre ?", "fr") == ["rendre"]


def test_a_hyphen_does_not_hide_a_word():
    assert set(content_words("Wi-Fi", "en")) & set(content_words("wifi", "en")) == {"wifi"}


def test_a_language_without_spaces_is_searched_by_pairs():
    assert tokenise("返品方法") == ["返品", "品方", "方法"]


def test_an_unknown_language_is_searched_by_its_words():
    assert count_terms("sendolo", "xx") == {"sendolo": 1, "=sendolo": 1}


def test_a_title_counts_twice():
    counts = count_passage_terms(title="Refund", extra="money", text="The refund comes.", language="en")
    assert (counts["=refund"], counts["=money"]) == (3, 1)


def test_term_ids_are_the_same_everywhere():
    assert term_id("refund") == 455873625
    assert all(1 <= term_id(str(number)) <= TERM_SPACE for number in range(1000))


def score(question: str, text: str, frequencies: dict[str, int] | None = None) -> float:
    counts = count_terms(text, "en")
    known = {term_id(term): number for term, number in (frequencies or {}).items()}
    weights = question_weights(mix_counts([(1, count_terms(question, "en"))]), known, 100)
    stored = passage_weights(counts, 10)
    return sum(weight * stored.get(term, 0) for term, weight in weights.items())


def test_a_score_lies_between_nothing_and_everything():
    assert score("refund", "Our shop opens at nine.") == 0
    assert 0 < score("refund", "refund") <= 1
    assert score("refund", "refund " * 200) <= 1


def test_a_rare_word_weighs_more_than_a_common_one():
    frequencies = {"lamp": 90, "=lamp": 90, "dimmer": 2, "=dimmer": 2}
    assert score("lamp dimmer", "a dimmer", frequencies) > score("lamp dimmer", "a lamp", frequencies)


def test_a_word_that_nobody_knows_lowers_the_score():
    assert score("refund zebra", "refund") < score("refund", "refund")


def test_a_conversation_counts_half():
    mixed = mix_counts([(0.5, count_terms("and blue", "en")), (0.5, count_terms("a lamp and blue", "en"))])
    assert mixed["=blue"] == pytest.approx(1)
    assert mixed["=lamp"] == pytest.approx(0.5)
