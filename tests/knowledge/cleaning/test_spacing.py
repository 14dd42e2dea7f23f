"""Spaces, bullets and letter forms as one would type them, in prose only."""

from __future__ import annotations

import pytest

from tests.knowledge.cleaning.drafts import after, count


@pytest.mark.parametrize(
    ("body", "tidy"),
    [
        ("too   many    spaces", "too many spaces"),
        ("a\ttab", "a tab"),
        ("Combien\u202f?", "Combien ?"),
        ("the of\ufb01ce o\ufb03cial \ufb02oor", "the office official floor"),
        ("Ｏｒｄｅｒ １２３", "Order 123"),
        ("• one\n•\ttwo\n◦ three", "- one\n- two\n- three"),
        ("\uf0b7 from Word\n\uf0b7 again", "- from Word\n- again"),
        ("•\nbelow its bullet", "- below its bullet"),
    ],
)
def test_leftovers_of_a_conversion_are_tidied(body, tidy):
    assert after("spacing", body) == tidy


@pytest.mark.parametrize(
    "body",
    [
        "```\nx  =  1\n•\tcode\n```",
        "Text\n\n    indented  code\n    more   code",
        "use `a  b` here",
        "| a   | b   |\n|-----|-----|\n| 1   | 2   |",
        "-   a wide mark\n    and its text",
        "1.  first\n2.  second",
        "- [ ] □ a box to tick\n□ another",
        "hard break  \nnext line",
        "  indented line",
        "价格（含税）：１００，全角标点",
        "[a link](https://example.com/a%20%20b)",
        "– a dialogue\n– goes on",
    ],
)
def test_what_means_something_stays(body):
    kept = body.replace("１００", "100")
    assert after("spacing", body) == kept


def test_each_place_is_counted():
    assert count("spacing", "a  b  c\n• d") == 3
