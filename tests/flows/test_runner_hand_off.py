"""A person takes over: because the flow says so, or because the customer wants it."""

from __future__ import annotations

from flows.state import SetSlot, StartFlow, WantPerson
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk

HANDS_OVER = ("{id: kept, kind: end, text", "{id: kept, kind: handoff, reason: policy, text")


def test_the_flow_says_why_and_what_is_known() -> None:
    talk = Talk.over(flow(RETURN, HANDS_OVER, ("next: label}", "next: kept}")))
    said = talk.hear(StartFlow("return"), SetSlot("order", "A1234"), SetSlot("reason", "size"))
    assert said.endswith("Fine, you keep it.")
    assert (talk.handed_over.reason, talk.handed_over.slots["order"]) == ("policy", "A1234")
    assert talk.under_way == []


def test_whoever_wants_a_person_gets_one_at_once() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    talk.hear(WantPerson())
    assert talk.handed_over.reason == "customer_request"
    assert talk.handed_over.slots == {"order": "A1234"}


def test_nothing_more_is_said_by_the_assistant_then() -> None:
    talk = Talk.over(flow(RETURN), flow(OPENING))
    talk.hear(StartFlow("return"))
    assert talk.hear(WantPerson(), StartFlow("opening")) == ""


def test_the_flow_can_be_gone_on_with_when_the_person_hands_back() -> None:
    talk = Talk.over(flow(RETURN))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    talk.hear(WantPerson())
    assert talk.hear(SetSlot("reason", "size")) == "Shall I make a label for A1234? [Yes] [No]"
