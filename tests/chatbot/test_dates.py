"""Days and hours as people read them, in each language."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import formats, translation

from chatbot.dates import clock_in_words, day_in_words, moment_in_words, span_in_words

FIRST, SECOND = datetime(2026, 12, 1, 10, 30), datetime(2026, 12, 2, 9, 0)


@pytest.mark.parametrize(
    ("language", "at", "words"),
    [
        ("en", FIRST, "Tuesday 1 December 2026 at 10:30"),
        ("fr", FIRST, "mardi 1er décembre 2026 à 10\u202fh\u202f30"),
        ("fr", SECOND, "mercredi 2 décembre 2026 à 9\u202fh"),
        ("fr-CA", SECOND, "mercredi 2 décembre 2026 à 9\u202fh"),
        ("xx", SECOND, "Wednesday, 2 December 2026, 09:00"),
    ],
)
def test_a_moment(language: str, at: datetime, words: str) -> None:
    assert moment_in_words(at, language) == words


def test_a_day_with_less_of_it() -> None:
    day = date(2026, 12, 1)
    assert day_in_words(day, "en", year=False) == "Tuesday 1 December"
    assert day_in_words(day, "fr", weekday=False) == "1er décembre 2026"
    assert day_in_words(date(2026, 11, 21), "fr", weekday=False) == "21 novembre 2026"


@pytest.mark.parametrize(
    ("at", "words"), [(time(15), "15\u202fh"), (time(0, 5), "0\u202fh\u202f05"), (time(3), "03\u202fh")]
)
def test_a_french_clock(at: time, words: str) -> None:
    assert clock_in_words(at, "fr") == words


def test_from_one_moment_to_another() -> None:
    end = FIRST.replace(hour=11, minute=0)
    assert span_in_words(FIRST, end, "en") == "Tuesday 1 December 2026, 10:30–11:00"
    assert span_in_words(FIRST, end, "fr") == "mardi 1er décembre 2026, de 10\u202fh\u202f30 à 11\u202fh"
    assert span_in_words(FIRST, SECOND, "en").endswith(" – Wednesday 2 December 2026 at 09:00")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("DATE_FORMAT", "1 December 2026"),
        ("SHORT_DATE_FORMAT", "1 Dec 2026"),
        ("SHORT_DATETIME_FORMAT", "1 Dec 2026, 10:30"),
    ],
)
def test_staff_read_the_day_before_the_month(pattern: str, words: str) -> None:
    with translation.override("en"):
        assert formats.date_format(FIRST, pattern) == words
