"""YAML that is no flow, or means harm, is refused: in which line, at which part, and what to do."""

from __future__ import annotations

import time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.yaml_form import from_yaml
from flows.yaml_reading import YamlError

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{two}: &{two} [{','.join(['*' + one] * 9)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)
FLOW = """\
key: book
slots:
  day:
    kind: date
start: ask
nodes:
  - id: ask
    kind: ask
    slot: day
  - id: said
    kind: say
    text:
      en: Hello
"""
# what is written, or what stands instead of what in FLOW; the line; the place; a word of what to do
WRONG: list[tuple[str | tuple[str, str], int, str, str]] = [
    ("", 1, "", "Settings are expected"),
    ("- a", 1, "", "Settings are expected"),
    ("key: [a", 2, "", "Close it"),
    ("key: 'a", 1, "", "Close it"),
    ("key: a\nname: one: two", 2, "", "quotes"),
    ("key: a\nname:\n\ten: x", 3, "", "spaces, not tabs"),
    ("key: a\nname: @x", 2, "", "quotes"),
    ("key: a\nname: {en: x}\nname: {fr: y}", 3, "name", "twice, first in line 2"),
    ("key: a\n? [x]\n: y", 2, "", "name is expected"),
    ("key: a\n---\nkey: b", 2, "", "a file for each flow"),
    ("key: !!python/object/apply:os.system [ls]", 1, "key", "Tags"),
    ("key: &one a", 1, "key", "Anchors"),
    (LAUGHS, 1, "a", "Anchors"),
    ("key: a\nname: \x07", 2, "", "no text"),
    ("key: a\nname: {en: \ud800}", 2, "", "no text"),
    ('key: a\nname: {en: "\\0"}', 2, "name → en", "zero character"),
    ("key: a\nwhen: " + "{not: " * 50, 2, "", "nested too deeply"),
    ("[" * 100_000, 1, "", "nested too deeply"),
    ("key: a\nname: {en: " + "x" * 2_000_000 + "}", 0, "", "2 MB"),
    ("a: [" + "1," * 150_000 + "]", 0, "", "100,000"),
    ("name: {en: x}", 1, "key", "Add it"),
    (("key: book", "key: Book now"), 1, "key", "small letters"),
    (("kind: date", "kind: datum"), 4, "slots → day → kind", "one of these: text, choice, yes_no"),
    (("kind: date", "kind: date\n    futur: true"), 5, "slots → day → futur", "spelling"),
    (("kind: date", "most_asks: many"), 4, "slots → day → most_asks", "whole number"),
    (("kind: date", "most_asks: 40"), 4, "slots → day → most_asks", "at most 9"),
    (("kind: date", "least: .nan"), 4, "slots → day → least", "number is expected"),
    (("kind: date", "pattern: '('"), 3, "slots → day", "no pattern"),
    (("kind: date", "future: maybe"), 4, "slots → day → future", "“true” or “false”"),
    (("kind: date", "valid: {fact: guests, op: known}"), 4, "slots → day → valid → fact", "Facts are slots"),
    (("kind: date", "valid: {all: [{fact: slots.a, op: a}]}"), 4, "slots → day → valid → all → 1 → op",
     "above"),
    (("kind: date", "choices: [{value: a}, {value: a}]"), 3, "slots → day", "Change one"),
    (("kind: date", "choices: {value: a}"), 4, "slots → day → choices", "A list is expected"),
    (("kind: say", "kind: tell"), 10, "nodes → 2", "no kind of step “tell”. Choose one of these: say"),
    (("    kind: say\n", ""), 10, "nodes → 2", "Add “kind”"),
    (("id: said", "id: ask"), 1, "", "Two steps are called “ask”"),
    (("    slot: day\n", ""), 7, "nodes → 1 → slot", "Add it"),
    (("slot: day", "slot: day\n    nxt: said"), 10, "nodes → 1 → nxt", "spelling"),
    (("slot: day", "slot: day\n    next: Said!"), 10, "nodes → 1 → next", "small letters"),
    (("text:\n      en: Hello", "text: Hello"), 12, "nodes → 2 → text", "by language"),
    (("en: Hello", "en: 12"), 13, "nodes → 2 → text → en", "quotes"),
    (("en: Hello", "en: " + "x" * 4001), 13, "nodes → 2 → text → en", "at most 4000"),
    (("en: Hello", "English: Hello"), 13, "nodes → 2 → text → English", "no language"),
    (("start: ask", "examples: {en: Hello}"), 5, "examples → en", "A list is expected"),
    (("start: ask", "examples: Hello"), 5, "examples", "Lists by language"),
]  # fmt: skip


def written(wrong: str | tuple[str, str]) -> str:
    return wrong if isinstance(wrong, str) else FLOW.replace(*wrong, 1)


@pytest.mark.parametrize(("wrong", "line", "place", "what"), WRONG, ids=lambda part: str(part)[:40])
def test_it_says_where_and_what_to_do(wrong: str | tuple[str, str], line: int, place: str, what: str) -> None:
    with pytest.raises(YamlError) as refused:
        from_yaml(written(wrong))
    assert refused.value.line == line
    words = str(refused.value)
    assert what in words
    assert not line or words.startswith(f"Line {line} ({place}): " if place else f"Line {line}: ")


def test_it_says_so_in_french() -> None:
    with override("fr"), pytest.raises(YamlError) as refused:
        from_yaml(written(("kind: say", "kind: tell")))
    with override("fr"):
        assert str(refused.value).startswith("Ligne 10 (nodes → 2)\xa0: ")
    assert "étape" in refused.value.what


def test_nothing_takes_long() -> None:
    for wrong, *_ in WRONG:
        began = time.process_time()
        with pytest.raises(YamlError):
            from_yaml(written(wrong))
        assert time.process_time() - began < 4


@settings(max_examples=150)
@given(st.one_of(st.text(), st.text("{}[]&*!|>-:#'\"?,% \n\tab1.~", max_size=60)))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for given_text in (text, FLOW + text, FLOW.replace("Hello", text, 1)):
        try:
            from_yaml(given_text)
        except YamlError as refused:
            assert str(refused)
