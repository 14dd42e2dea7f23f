"""A line of hours, however it is written, is read; what cannot be meant is refused with words that help."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.opening.hours_in_words import read_hours, times_of, write_hours


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", []),
        ("9-12:30, 14-18", [["09:00", "12:30"], ["14:00", "18:00"]]),
        ("14:00–18:00; 09.00 – 12.30", [["09:00", "12:30"], ["14:00", "18:00"]]),
        ("9h-12h30 et 14h à 18h", [["09:00", "12:30"], ["14:00", "18:00"]]),
        ("de 9h à 18h", [["09:00", "18:00"]]),
        ("9am to 5:30pm", [["09:00", "17:30"]]),
        ("12am-12pm", [["00:00", "12:00"]]),
        ("22:00–02:00", [["22:00", "02:00"]]),
        ("0-24", [["00:00", "00:00"]]),
        ("00:00-00:00", [["00:00", "00:00"]]),
    ],
)
def test_times_are_read_as_people_write_them(written: str, read: list[list[str]]) -> None:
    assert read_hours(written) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("nine to five", "no time from"),
        ("9", "no time from"),
        ("9-12, 11-14", "overlap"),
        ("22-6, 23-24", "overlap"),
        ("9-9", "closes when it opens"),
        ("9-25", "24 hours"),
        ("9:70-10", "24 hours"),
        (", ".join(f"{hour}-{hour}:30" for hour in range(7)), "more than 6"),
    ],
)
def test_what_cannot_be_meant_is_refused(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_hours(written)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        spans = read_hours(text)
    except ValueError:
        return
    assert read_hours(write_hours(spans)) == spans
    assert all(isinstance(each, time) for span in times_of(spans) for each in span)
