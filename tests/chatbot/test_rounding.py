"""Numbers are rounded, not cut off."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from chatbot.rounding import rounded


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [(14.2857, 1, "14.3"), (0.478, 2, "0.48"), (99.96, 1, "100.0"), (2, 0, "2"), (-4.06, 1, "-4.1")],
)
def test_the_last_digit_is_the_nearest(value, digits, told):
    with override("en"):
        assert rounded(value, digits) == told


def test_french_has_a_comma():
    with override("fr"):
        assert rounded(0.478, 2) == "0,48"
