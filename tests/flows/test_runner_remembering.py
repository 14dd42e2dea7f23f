"""What one flow has asked, the next one knows, where the slot says so."""

from __future__ import annotations

from flows.state import CorrectSlot, SetSlot, StartFlow
from tests.flows.shop import ORDER, RETURN, flow
from tests.flows.talking import Talk


def after_order(*flows: str) -> Talk:
    talk = Talk.over(*(flow(one) for one in flows))
    talk.hear(StartFlow("order"), SetSlot("order", "A1234"))
    talk.acted(data={"state": "sent"})
    return talk


def test_it_is_not_asked_again() -> None:
    talk = after_order(ORDER, RETURN)
    assert talk.hear(StartFlow("return")).endswith("Why do you return it? [It is broken] [Wrong size]")


def test_what_is_not_to_be_remembered_is() -> None:
    assert after_order(ORDER, RETURN).state.remembered == {"order": "A1234"}


def test_what_is_corrected_is_remembered_as_corrected() -> None:
    talk = after_order(ORDER, RETURN)
    talk.hear(StartFlow("return"))
    talk.hear(CorrectSlot("order", "B1234"))
    assert talk.state.remembered == {"order": "B1234"}


def test_only_slots_that_say_so_take_it_over() -> None:
    talk = after_order(ORDER, RETURN.replace("    remembered: true\n", ""))
    assert talk.hear(StartFlow("return")).endswith("What is your order number?")


def test_what_was_said_to_another_flow_meanwhile_is_not_asked_again() -> None:
    talk = Talk.over(flow(RETURN), flow(ORDER))
    assert talk.hear(StartFlow("return")).endswith("What is your order number?")
    talk.hear(StartFlow("order"))
    talk.hear(SetSlot("order", "A1234"))
    assert talk.acted(data={"state": "sent"}).endswith("Why do you return it? [It is broken] [Wrong size]")


def test_it_does_not_take_the_place_of_what_was_said_before() -> None:
    talk = Talk.over(flow(RETURN), flow(ORDER))
    talk.hear(StartFlow("return"), SetSlot("order", "B1234"))
    talk.hear(StartFlow("order"), CorrectSlot("order", "A1234"))
    talk.acted(data={"state": "sent"})
    assert talk.state.frames[-1].slots["order"] == "B1234"
