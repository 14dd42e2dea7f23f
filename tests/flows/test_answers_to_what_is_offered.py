"""What an action brought is chosen from as customers do: by its words, its hour, or its place in the list."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.answering import read_answer
from flows.run import Facts
from flows.slot import Slot

TIMES = {
    "en": [("2026-12-01T10:00", "Tuesday 1 December at 10:00"),
           ("2026-12-01T10:30", "Tuesday 1 December at 10:30"),
           ("2026-12-01T14:00", "Tuesday 1 December at 14:00")],
    "fr": [("2026-12-01T10:00", "mardi 1er décembre à 10\u202fh"),
           ("2026-12-01T10:30", "mardi 1er décembre à 10\u202fh\u202f30"),
           ("2026-12-01T14:00", "mardi 1er décembre à 14\u202fh")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "the second one", "2026-12-01T10:30"),
        ("en", "the last one please", "2026-12-01T14:00"),
        ("en", "at 2 pm", "2026-12-01T14:00"),
        ("en", "Tuesday 1 December at 10:00", "2026-12-01T10:00"),
        ("en", "half past ten", "2026-12-01T10:30"),
        ("fr", "le deuxième", "2026-12-01T10:30"),
        ("fr", "le dernier", "2026-12-01T14:00"),
        ("fr", "14h", "2026-12-01T14:00"),
        ("fr", "10h30 c'est bien", "2026-12-01T10:30"),
    ],
)
def test_one_of_the_times_that_are_free(language: str, text: str, meant: str) -> None:
    facts = Facts(datetime(2026, 11, 28, 10, 0), language, {})
    known = {"times": [{"value": value, "label": label} for value, label in TIMES[language]]}
    reading = read_answer(Slot(kind="moment", offered="times"), known, text, facts)
    assert (reading.value, reading.sure) == (meant, True)


@pytest.mark.parametrize("text", ["wednesday", "the fifth one", "are you open on sundays?", "my name is Two"])
def test_what_is_not_among_them_is_not_chosen(text: str) -> None:
    facts = Facts(datetime(2026, 11, 28, 10, 0), "en", {})
    known = {"times": [{"value": value, "label": label} for value, label in TIMES["en"]]}
    reading = read_answer(Slot(kind="moment", offered="times"), known, text, facts)
    assert reading.value not in [value for value, _ in TIMES["en"]] or not reading.sure
