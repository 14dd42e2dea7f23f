"""Cancellations, corrections, questions and hesitations, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from flows.slots import signals

ROWS = yaml.safe_load((Path(__file__).with_name("tables") / "signals.yaml").read_text("utf-8"))
DETECTORS: dict[str, Callable[[str], bool]] = {
    "cancels": signals.cancels,
    "asks": signals.asks,
    "hesitates": signals.hesitates,
}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [(name, str(text), answer == "yes") for name, rows in ROWS.items() if name in DETECTORS
     for answer, texts in rows.items() for text in texts],
)  # fmt: skip
def test_a_signal_is_seen_where_it_is_and_nowhere_else(name: str, text: str, wanted: bool) -> None:
    assert DETECTORS[name](text) is wanted


@pytest.mark.parametrize(("text", "instead"), [(str(a), b) for a, b in ROWS["corrected"].items()])
def test_what_is_said_instead_is_cut_out(text: str, instead: str) -> None:
    assert signals.corrected(text) == instead


def test_a_correction_may_come_before_what_is_right() -> None:
    assert signals.corrects("je me suis trompé")
    assert signals.corrects("no that's wrong")
    assert not signals.corrects("no")
    assert not signals.corrects("non merci")
