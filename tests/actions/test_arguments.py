"""Arguments have the form they were declared in, or the call is not made."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.arguments import check
from actions.declared import Argument
from actions.errors import ActionError


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("text", " LP-7 ", "LP-7"), ("text", 7, "7"), ("text", "a\x00\u202eb", "ab"),
        ("text", {"amount": "12.50", "currency": "EUR"}, "12.50 EUR"),
        ("text", {"from": "2026-12-01T14:00", "to": "2026-12-01T18:00"}, "2026-12-01T14:00/2026-12-01T18:00"),
        ("text", {"id": "7", "name": "lamp.jpg"}, "lamp.jpg"),
        ("whole", "7", 7), ("whole", 7.0, 7), ("number", "7.5", 7.5), ("number", 7, 7),
        ("number", {"amount": "12.50", "currency": "EUR"}, 12.5),
        ("boolean", True, True), ("boolean", "non", False), ("boolean", "Yes", True),
        ("date", "2026-12-01", "2026-12-01"), ("date", "2026-12-01T15:00", "2026-12-01"),
        ("moment", "2026-12-01T15:00", "2026-12-01T15:00:00"),
        ("moment", {"from": "2026-12-01T15:00", "to": "2026-12-01T16:00"}, "2026-12-01T15:00:00"),
        ("choice", "RED", "red"), ("email", "a@b.fr", "a@b.fr"), ("data", [1], [1]),
    ],
)  # fmt: skip
def test_a_value_is_read_in_its_form(kind: str, value: Any, read: Any) -> None:
    assert check((Argument("x", kind, choices=("red",)),), {"x": value}, None) == {"x": read}


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("text", True, "not_text"), ("text", ["a"], "not_text"), ("text", {"a": "b"}, "not_text"),
        ("text", "a" * 4001, "too_long"),
        ("whole", "7.5", "not_whole"), ("whole", "seven", "not_whole"), ("whole", "1e400", "not_whole"),
        ("whole", True, "not_whole"), ("number", "nan", "not_number"), ("number", "inf", "not_number"),
        ("boolean", "maybe", "not_boolean"), ("boolean", 2, "not_boolean"),
        ("date", "tomorrow", "not_date"), ("date", "2026-02-30", "not_date"),
        ("moment", "2026-12-01", "not_moment"), ("moment", 7, "not_moment"),
        ("choice", "blue", "not_choice"), ("email", "a@b", "not_email"),
        ("email", "a@b.fr\nx: y", "not_email"),
        ("text", None, "missing"), ("text", "  ", "missing"), ("data", "a" * 20_001, "too_long"),
    ],
)  # fmt: skip
def test_a_value_of_another_form_is_named(kind: str, value: Any, why: str) -> None:
    with pytest.raises(ActionError) as refused:
        check((Argument("x", kind, choices=("red",)),), {"x": value}, None)
    assert (refused.value.code, refused.value.detail) == ("bad_argument", f"x: {why}")


def test_what_is_not_declared_is_refused_and_what_is_optional_may_be_missing() -> None:
    assert check((Argument("x", required=False),), {"x": ""}, None) == {}
    with pytest.raises(ActionError, match="y: unknown"):
        check((Argument("x", required=False),), {"y": 1}, None)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
KINDS = ["text", "whole", "number", "boolean", "date", "moment", "choice", "email", "data"]


@given(st.sampled_from(KINDS), ANYTHING)
def test_whatever_is_given_is_read_or_refused(kind: str, value: Any) -> None:
    try:
        check((Argument("x", kind, choices=("red",)),), {"x": value}, None)
    except ActionError as error:
        assert error.code == "bad_argument"
