"""What two people changed of one text comes together, or is asked about; nothing is lost unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.merging import Content, Side, lines_of, merge, says_the_same

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=8).map("\n".join)
BASE = "One.\n\nTwo.\n\nThree."


def text(body: str, title: str = "Returns", **fields: object) -> Content:
    return Content(title, body, dict(fields))


def test_changes_of_other_lines_come_together() -> None:
    live, proposed = BASE.replace("One.", "One, newer."), BASE.replace("Three.", "Three, better.")
    joined = merge(text(BASE), text(live), text(proposed))
    assert joined.is_clear and joined.content.body == "One, newer.\n\nTwo.\n\nThree, better."


def test_changes_of_the_same_line_are_asked_about_and_chosen() -> None:
    live, proposed = BASE.replace("Two.", "Two, newer."), BASE.replace("Two.", "Two, better.")
    joined = merge(text(BASE), text(live), text(proposed))
    [conflict] = joined.conflicts
    assert not joined.is_clear
    assert (conflict.live, conflict.proposed) == (("Two, newer.",), ("Two, better.",))
    sides: list[tuple[Side, str]] = [("live", "newer"), ("proposed", "better")]
    for side, kept in sides:
        chosen = merge(text(BASE), text(live), text(proposed), {conflict.name: side})
        assert chosen.is_clear and chosen.content.body == f"One.\n\nTwo, {kept}.\n\nThree."


def test_fields_are_values_and_lists_are_changed_item_by_item() -> None:
    base = text(BASE, audience="everyone", keywords=["a", "b"])
    live = text(BASE, "Sending back", audience="staff", keywords=["a", "b", "c"], questions=["Why?"])
    proposed = text(BASE, "Giving back", audience="everyone", keywords=["b", "d"])
    joined = merge(base, live, proposed)
    assert [conflict.name for conflict in joined.conflicts] == ["title"]
    assert joined.content.fields == {"audience": "staff", "keywords": ["b", "c", "d"], "questions": ["Why?"]}


def test_how_lines_end_is_no_change() -> None:
    windows = text(BASE.replace("\n", "\r\n") + "\r\n", description="")
    assert says_the_same(windows, text(BASE))
    joined = merge(text(BASE), windows, text(BASE.replace("Two", "2")))
    assert joined.is_clear and lines_of(joined.content.body)[2] == "2."


@given(LINES, LINES)
def test_what_only_one_has_changed_is_taken_as_it_is(base: str, other: str) -> None:
    assert merge(text(base), text(base), text(other)).content.body == other
    assert merge(text(base), text(other), text(base)).content.body == other
    assert merge(text(base), text(other), text(other)).content.body == other


@given(LINES, LINES, LINES)
def test_choosing_one_side_everywhere_loses_nothing_of_it(base: str, live: str, proposed: str) -> None:
    asked = merge(text(base), text(live), text(proposed))
    names = [conflict.name for conflict in asked.conflicts]
    mine = merge(text(base), text(live), text(proposed), dict.fromkeys(names, "live"))
    assert mine.is_clear
    added = set(lines_of(live)) - set(lines_of(base))
    assert added <= set(lines_of(mine.content.body))
