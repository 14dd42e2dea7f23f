"""What breaks off everything needs more likeness than what is said beside an answer."""

from __future__ import annotations

import pytest

from assistant.events import Option, Said
from assistant.guidance.conditions import Facts, judge
from assistant.guidance.held import Kind, Row
from assistant.offers import is_on_a_button


@pytest.mark.parametrize(
    ("kind", "near", "holds"),
    [
        (Kind.RULE, 4.4, True),
        (Kind.ESCALATION, 4.7, False),
        (Kind.ESCALATION, 5.1, True),
        (Kind.RULE, 4.2, False),
    ],
)
def test_an_escalation_needs_more(kind: Kind, near: float, holds: bool) -> None:
    row = Row(1, kind, "Hurt", about=("it gave me a shock",))
    assert judge(row, Facts("I want to send it back", "en"), {"it gave me a shock": near}).holds is holds


def test_what_stands_on_a_button_is_known() -> None:
    asked = (Said("assistant", "Phone?", (Option("Passer", "Passer"),)),)
    assert is_on_a_button("passer ", asked)
    assert not is_on_a_button("passer", ())
