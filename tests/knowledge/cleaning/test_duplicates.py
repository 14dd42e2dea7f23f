"""Texts that say the same, word for word or nearly."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cleaning.duplicates import Twin, bands, find_duplicates, fingerprint, likeness, signature

WORDS = [f"word{number}" for number in range(900)]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def changed(original: str, words: int) -> str:
    parts = original.split()
    for at in range(words):
        parts[at * len(parts) // words] = f"other{at}"
    return " ".join(parts)


@pytest.mark.parametrize(
    "other",
    [
        "You can RETURN an item — within 30 days!",
        "**You can return** an [item](https://example.com/item) within 30 days",
        "You can return\n\nan item  within 30 days.",
    ],
)
def test_marks_and_capitals_make_no_difference(other):
    assert fingerprint("You can return an item within 30 days.") == fingerprint(other)
    assert find_duplicates(["You can return an item within 30 days.", other]) == {1: Twin(0, False, 1.0)}


@pytest.mark.parametrize("accented", ["Où est passée ma commande ?", "注文はどこですか", "Где мой заказ?"])
def test_any_language_will_do(accented):
    assert find_duplicates([accented, "something else", accented.lower()]) == {2: Twin(0, False, 1.0)}


def test_a_near_duplicate_is_found_with_its_likeness():
    first, second = text(1), changed(text(1), 4)
    ((at, twin),) = find_duplicates([text(2), first, text(3), second]).items()
    assert (at, twin.of, twin.known) == (3, 1, False)
    assert twin.likeness == likeness(first, second) == pytest.approx(0.89, abs=0.03)


def test_texts_with_half_in_common_are_not_duplicates():
    assert find_duplicates([text(1), changed(text(1), 40)]) == {}


def test_short_texts_are_compared_word_for_word():
    assert find_duplicates(["Yes, you can do that.", "Yes, you can do this."]) == {}
    assert signature("Yes, you can do that.") == b""
    assert bands(b"") == []


def test_texts_that_are_known_come_first_and_keep_their_keys():
    known = {812: text(1), 90: text(2)}
    new = [text(2), text(3), changed(text(1), 2), text(3)]
    twins = find_duplicates(new, known)
    assert {at: (twin.of, twin.known) for at, twin in twins.items()} == {
        0: (90, True),
        2: (812, True),
        3: (1, False),
    }


def test_texts_without_words_are_no_duplicates():
    assert find_duplicates(["", "…", "", "---"]) == {}


def test_near_duplicates_nearly_always_share_a_band():
    shared = [
        bool(set(bands(signature(text(seed)))) & set(bands(signature(changed(text(seed), 6)))))
        for seed in range(200)
    ]
    assert sum(shared) >= 195
    strangers = [
        bool(set(bands(signature(text(n)))) & set(bands(signature(text(n + 999))))) for n in range(50)
    ]
    assert not any(strangers)


def test_signatures_are_the_same_on_every_machine():
    """They are stored: who changes how they are made must make all of them anew."""
    signed = signature(text(1))
    assert len(signed) == 504
    assert signed[:8].hex() == "48e59b000d11d301"
    assert bands(signed)[0] == -5352199414789361350
    assert all(-(2**63) <= band < 2**63 for band in bands(signed))


@given(st.text(), st.text())
def test_any_texts_can_be_compared(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
    assert len(fingerprint(one)) == 16
    assert len(bands(signature(one))) in (0, 21)
