"""Comparing two texts for people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.revisions import DiffLine, compare

LINES = st.lists(st.text(alphabet="ab c", max_size=8), max_size=8).map("\n".join)


def text_of(lines: list[DiffLine], *kinds: str) -> list[str]:
    return ["".join(part.text for part in line.parts) for line in lines if line.kind in kinds]


@given(LINES, LINES)
def test_what_is_shown_is_what_stood_there(old, new):
    lines = compare(old, new)
    if not any(line.kind == "skipped" for line in lines) and lines:
        assert text_of(lines, "same", "removed") == old.splitlines() or not old
        assert text_of(lines, "same", "added") == new.splitlines() or not new


def test_only_the_changed_words_are_marked():
    removed, added = compare("You have thirty days for it.", "You have sixty days for it.")
    assert [part.text for part in removed.parts if part.changed] == ["thirty"]
    assert [part.text for part in added.parts if part.changed] == ["sixty"]


def test_long_equal_stretches_are_left_out():
    old = "\n".join(f"line {n}" for n in range(40))
    lines = compare(old, old.replace("line 20", "something else altogether"))
    assert len(lines) < 12 and lines[0].kind == "skipped"


def test_equal_texts_have_no_difference():
    assert compare("a\nb", "a\nb") == []
