"""What customers write, and which value is read from it: see `tables/`."""

from __future__ import annotations

from typing import Any

import pytest

from flows.slot import Slot
from flows.slots.base import Reading
from tests.flows.slots.asking import answer, as_told, mentioned, rows_of

ANSWERS = rows_of("dates", "times", "amounts", "contacts", "choices")
MENTIONS = rows_of("mentions")


@pytest.mark.parametrize(("slot", "country", "language", "text", "meant"), ANSWERS)
def test_an_answer_is_read_as_it_is_meant(
    slot: Slot, country: str, language: str, text: str, meant: Any
) -> None:
    assert as_told(answer(slot, text, language, country)) == meant


@pytest.mark.parametrize(("slot", "country", "language", "text", "meant"), MENTIONS)
def test_a_sentence_mentions_only_what_cannot_be_anything_else(
    slot: Slot, country: str, language: str, text: str, meant: Any
) -> None:
    found = mentioned(slot, text, language, country)
    assert (None if found is None else as_told(Reading(found))) == meant


def test_there_are_rows_for_every_kind_in_both_languages() -> None:
    assert len(ANSWERS) + len(MENTIONS) >= 300
    kinds = {(row[0].kind, row[2]) for row in ANSWERS if row[0].kind not in ("text", "file")}
    assert len(kinds) == 2 * 12


def test_a_guess_is_told_from_what_was_said() -> None:
    slot = Slot(kind="moment", future=True)
    assert answer(slot, "tomorrow at 3 pm", "en").sure
    assert not answer(slot, "tomorrow at 3", "en").sure
    assert not answer(slot, "tomorrow afternoon", "en").sure
    assert not answer(Slot(kind="email"), "jean@gmial.com", "en").sure


def test_another_language_than_the_one_that_was_told_is_a_guess() -> None:
    reading = answer(Slot(kind="date", future=True), "demain", "en")
    assert reading == Reading("2026-11-29", sure=False)


def test_a_language_without_words_of_ours_is_read_all_the_same() -> None:
    assert answer(Slot(kind="date", future=True), "übermorgen", "de") == Reading("2026-11-30", sure=False)
    assert answer(Slot(kind="moment", future=True), "morgen um 15:00", "de").value == "2026-11-29T15:00"
    assert answer(Slot(kind="number"), "3", "de").value == 3
    assert answer(Slot(kind="date"), "demain", "xx").value == "2026-11-29"


@pytest.mark.parametrize(
    ("language", "text", "sure"),
    [
        ("fr", "combien coûte une réparation ?", False),
        ("en", "is there one in your shop in Lyon?", False),
        ("fr", "une seule", True),
        ("en", "just one please", True),
        ("fr", "il y a deux ans je crois", True),
    ],
)
def test_an_article_is_no_number_to_be_sure_of(language: str, text: str, sure: bool) -> None:
    reading = answer(Slot(kind="number"), text, language)
    assert reading.value in (1, 2) and reading.sure is sure
