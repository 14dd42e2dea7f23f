"""What was answered before the chat is not asked again by a flow that begins, as far as it fits."""

from __future__ import annotations

from typing import Any

import pytest

from flows.run import Facts
from flows.state import SetSlot, StartFlow
from flows.told_before import told_before
from tests.flows.shop import ORDER, RETURN, flow
from tests.flows.talking import NOW, Talk


def test_it_is_not_asked_again() -> None:
    said = Talk.over(flow(RETURN), told={"order": "it is A1234"}).hear(StartFlow("return"))
    assert said.endswith("Why do you return it? [It is broken] [Wrong size]")


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ({"order": "A1234", "reason": "It is broken"}, {"order": "A1234", "reason": "broken"}),
        ({"order": "I do not know", "reason": "none of these", "other": "x"}, {}),
    ],
)
def test_what_does_not_fit_is_asked(told: dict[str, str], known: dict[str, Any]) -> None:
    assert told_before(flow(RETURN), Facts(NOW, told=told)) == known


def test_what_was_said_to_a_flow_since_goes_before() -> None:
    said = Talk.over(flow(RETURN), flow(ORDER), told={"order": "A1234"})
    said.hear(StartFlow("return"), SetSlot("order", "B1234"))
    said.hear(StartFlow("order"))
    assert said.state.frames[-1].slots["order"] == "B1234"
