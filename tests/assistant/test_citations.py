"""Citations are verified, corrected and renumbered; nothing unsupported is shown, not even for a moment."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import check, foreign_claims, whole_sentences
from assistant.evidence import Claim, Evidence
from assistant.showing import Gate

EVIDENCE = [
    Evidence(
        "You may return any item within thirty days of delivery. The refund takes 5 to 7 days. "
        "Opened bulbs cannot be returned.",
        "en",
        "Returns",
    ),
    Evidence(
        "Delivery in France costs €4.90 and takes 2 to 3 working days. See https://shop.example/track.",
        "en",
        "Delivery",
    ),
]
FRAGMENTS = [
    "The refund takes 5 to 7 days",
    "The refund takes 14 days",
    "Delivery costs €4.90",
    " [1]",
    "[2]",
    "[9]",
    " [1, 2]",
    "[1-2]",
    "【1】",
    "[^2]",
    ". ",
    "\n\n",
    "\n- ",
    "1. ",
    "[NONE]",
    "https://evil.example/x ",
    "https://shop.example/track",
    "![x](https://evil.example/y)",
    "[",
    "é",
    " ",
]
answers = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)


def test_only_existing_numbers_stay_and_they_count_from_one() -> None:
    checked = check("Delivery costs €4.90 [2][7]. The refund takes 5 to 7 days [1].", EVIDENCE, "en")
    assert checked.text == "Delivery costs €4.90. [1] The refund takes 5 to 7 days. [2]"
    assert checked.used == (2, 1)


def test_a_wrong_number_is_replaced_by_the_passage_that_says_it() -> None:
    assert check("Delivery costs €4.90 [1].", EVIDENCE, "en").used == (2,)


def test_a_sentence_without_a_number_shares_the_next_ones() -> None:
    written = "You may return items within 30 days of delivery. The refund takes 5 to 7 days [1]."
    assert check(written, EVIDENCE, "en").used == (1,)


def test_a_number_that_the_passage_does_not_have_drops_the_sentence() -> None:
    checked = check("The refund takes 14 days [1].", EVIDENCE, "en")
    assert (checked.text, checked.dropped) == ("", 1)


def test_the_opposite_of_a_passage_is_dropped() -> None:
    assert check("Opened bulbs can be returned [1].", EVIDENCE, "en").text == ""


def test_a_number_the_customer_gave_may_be_repeated() -> None:
    checked = check("For order 4711 the refund takes 5 to 7 days [1].", EVIDENCE, "en", "order 4711?")
    assert "4711" in checked.text


def test_across_languages_what_is_cited_and_has_the_same_facts_is_compared_by_meaning() -> None:
    written = "Le remboursement prend de 5 à 7 jours [1]. La livraison coûte 12 € [2]. La lune est ronde."
    claims = foreign_claims(written, EVIDENCE, "fr")
    assert claims == [Claim("Le remboursement prend de 5 à 7 jours.", 1)]
    checked = check(written, EVIDENCE, "fr", borne_out=claims)
    assert checked.text == "Le remboursement prend de 5 à 7 jours. [1]"


def test_across_languages_nothing_stays_that_is_not_borne_out() -> None:
    assert check("Les orchidées sont offertes [1].", EVIDENCE, "fr").text == ""


def test_words_that_claim_nothing_are_not_compared() -> None:
    assert foreign_claims("Bien sûr ! [1]", EVIDENCE, "fr") == []


def test_steps_keep_their_list() -> None:
    checked = check(
        "Do this:\n1. Delivery costs €4.90 [2]\n2. It takes 2 to 3 working days [2]", EVIDENCE, "en"
    )
    assert checked.text.splitlines()[1].startswith("1. Delivery")


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("It takes 5 days [1]. Then it", "It takes 5 days [1]."),
        ("It takes 5 days. [1]", "It takes 5 days. [1]"),
        ("It takes 5 days. [1] Then", "It takes 5 days [1]."),
        ("It costs 4.90 or", ""),
        ("Do this:\n1. Open the box [1].\n2. Take the", "Do this:\n1. Open the box [1]."),
        ("« C'est gratuit. »", "« C'est gratuit. »"),
        ("", ""),
    ],
)
def test_what_a_model_had_not_finished_saying_goes(said: str, whole: str) -> None:
    assert whole_sentences(said) == whole


@given(answers)
def test_citations_always_exist_and_checking_again_changes_nothing(written: str) -> None:
    checked = check(written, EVIDENCE, "en")
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", checked.text)}
    assert numbers == set(range(1, len(checked.used) + 1))
    assert set(checked.used) <= {1, 2}
    assert len(checked.quotes) == len(checked.used)
    assert "evil" not in checked.text


@given(answers, st.integers(1, 9))
def test_what_is_shown_does_not_depend_on_how_the_words_arrive(written: str, size: int) -> None:
    whole, pieces = Gate(EVIDENCE), Gate(EVIDENCE)
    at_once = whole.feed(written) + whole.rest()
    parts = [written[at : at + size] for at in range(0, len(written), size)]
    streamed = "".join(pieces.feed(part) for part in parts) + pieces.rest()
    for shown in (at_once, streamed):
        assert "evil" not in shown
        assert "14" not in shown
        assert "NONE" not in shown
        assert {int(number) for number in re.findall(r"\[(\d+)\]", shown)} <= {1, 2}


def test_plain_words_are_shown_at_once() -> None:
    gate = Gate(EVIDENCE)
    assert gate.feed("Delivery in") == "Delivery"
    assert gate.feed(" France is") == " in France"
