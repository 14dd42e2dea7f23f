"""Addresses and references in a narrow column: broken where one reads on, and never at a hyphen."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.templatetags.interface import breakable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("carla.rossi@shop.example.com", "carla.<wbr>rossi@<wbr>shop.<wbr>example.<wbr>com"),
        ("c@my-shop.example", 'c@<wbr><span class="whole">my-shop.</span><wbr>example'),
        ("HJKL-12345", '<span class="whole">HJKL-12345</span>'),
        ("Anne-Marie Dupont", '<span class="whole">Anne-Marie</span> Dupont'),
        ("At 12.50 or 3.141 - no", "At 12.50 or 3.141 - no"),
        ("Wait... what. Yes.", "Wait... what. Yes."),
        ("<b>@x.y", "&lt;b&gt;@<wbr>x.<wbr>y"),
        ("", ""),
        (None, "None"),
    ],
)
def test_where_it_may_break(text: object, shown: str) -> None:
    assert breakable(text) == shown


@given(st.text(alphabet=st.characters() | st.sampled_from("@.-<>&\"' ab1")))
def test_nothing_is_lost_and_nothing_gets_in(text: str) -> None:
    shown = re.sub(r'<wbr>|<span class="whole">|</span>', "", breakable(text))
    assert "<" not in shown and html.unescape(shown) == text
