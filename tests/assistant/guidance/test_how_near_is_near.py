"""How near is near: a word or two need more, names must be named, and all of what is usual must be known."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.events import Option, Said
from assistant.guidance.conditions import Facts, judge
from assistant.guidance.held import Kind, Row
from assistant.guidance.usual import Kind as Text
from assistant.guidance.usual import learned
from assistant.offers import is_on_a_button


@pytest.mark.parametrize(
    ("question", "line", "near", "holds"),
    [
        ("garantie", "lawsuit", 5.5, False),
        ("frais de port", "porter plainte", 6.2, False),
        ("attorney", "lawyer", 8.7, True),
        ("vous allez voir le tribunal", "lawsuit", 5.5, True),
        ("flames", "it caught fire in my house", 5.5, True),
    ],
)
def test_a_word_or_two_need_more(question: str, line: str, near: float, holds: bool) -> None:
    row = Row(1, Kind.ESCALATION, "Court", about=(line,))
    assert judge(row, Facts(question, "en"), {line: near}).holds is holds


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("how much is delivery", False),
        ("do you ship to corsica", True),
        ("Livrez-vous en Corse ?", True),
        ("Do you ship to Bastia?", True),
    ],
)
def test_who_names_nothing_does_not_mean_what_a_line_names(question: str, holds: bool) -> None:
    row = Row(1, Kind.RULE, "Storms", about=("delivery to Corsica",))
    assert judge(row, Facts(question, "en"), {"delivery to Corsica": 6.3}).holds is holds


def test_what_stands_on_a_button_is_known() -> None:
    asked = (Said("assistant", "Phone?", (Option("Passer", "Passer"),)),)
    assert is_on_a_button("passer ", asked)
    assert not is_on_a_button("passer", ())


def test_nothing_is_measured_against_a_part_of_what_is_usual() -> None:
    """Where only questions about anything could be read in time, all else was near the lamp on fire."""
    texts: dict[str, tuple[str, Text]] = {
        f"text {number}": ("en", "title" if number >= 40 else "question") for number in range(80)
    }
    vectors = {text: np.eye(80)[at] for at, text in enumerate(texts)}
    assert learned(texts, vectors) is not None
    assert learned(texts, dict(list(vectors.items())[:40])) is None
