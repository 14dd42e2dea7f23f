"""What the figures mean is said in one place, and the documentation says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.functional import Promise

from insights.definitions import MEASURES, OTHERS, SUMS

DOCUMENT = Path(__file__).parents[2] / "docs" / "insights.md"
SAID = [
    *((one.name, one.meaning) for one in MEASURES.values()),
    *((one.name, one.meaning) for one in SUMS.values()),
    *OTHERS.values(),
]


@pytest.mark.parametrize(("name", "meaning"), SAID, ids=[str(name) for name, _meaning in SAID])
def test_the_documentation_says_the_same(name: Promise, meaning: Promise) -> None:
    assert f"| {name} | {meaning} |" in DOCUMENT.read_text()


def test_each_is_a_share_of_something_that_is_counted() -> None:
    assert {one.of for one in MEASURES.values()} <= set(MEASURES)
