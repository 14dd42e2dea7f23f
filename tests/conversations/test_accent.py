"""Whatever colour staff choose, everything that is written in it or on it can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import accent
from conversations.accent import DARK_GROUND, LIGHT_GROUND, READABLE, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_text_can_be_read_in_both_modes(colour: str) -> None:
    for mode, ground in ((accent.light(colour), LIGHT_GROUND), (accent.dark(colour), DARK_GROUND)):
        assert contrast(mode.accent, mode.on_accent) >= READABLE
        assert contrast(mode.hover, mode.on_accent) >= READABLE
        assert contrast(mode.ink, mode.soft) >= READABLE
        assert contrast(mode.ink, ground) >= READABLE


@given(COLOURS)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    there_and_back = accent.from_lch(accent.to_lch(colour))
    for at in (1, 3, 5):
        assert abs(int(colour[at : at + 2], 16) - int(there_and_back[at : at + 2], 16)) <= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
