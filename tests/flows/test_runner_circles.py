"""A flow that goes round without asking anything is left, and a person is offered."""

from __future__ import annotations

from flows.state import ChooseOption, SetSlot, StartFlow
from tests.flows.shop import OPENING, RETURN, flow
from tests.flows.talking import Talk

ROUND = flow(OPENING, ("fr: 'À {town} de 9 h à 18 h.'}", "fr: 'À {town} de 9 h à 18 h.'}\n    next: told"))
FAILING = flow("""\
key: our_failed
repair: failed
begins: false
start: on
nodes:
  - {id: on, kind: set, next: on}
""")


def test_it_is_left_and_what_was_said_is_known_to_whoever_takes_over() -> None:
    talk = Talk.over(ROUND)
    talk.hear(StartFlow("opening"))
    said = talk.hear(SetSlot("town", "Lyon"))
    assert said.splitlines()[-1].startswith("I am sorry, that did not work just now.")
    talk.hear(ChooseOption("yes"))
    assert talk.handed_over.slots == {"town": "Lyon"}


def test_what_waits_below_is_not_lost() -> None:
    talk = Talk.over(ROUND, flow(RETURN))
    talk.hear(StartFlow("return"))
    talk.hear(StartFlow("opening"), SetSlot("town", "Lyon"))
    assert talk.hear(ChooseOption("no")).endswith("What is your order number?")


def test_when_even_the_flow_for_failures_goes_round_a_person_is_called() -> None:
    talk = Talk.over(ROUND, FAILING)
    talk.hear(StartFlow("opening"), SetSlot("town", "Lyon"))
    assert talk.handed_over.reason == "tool_failure"
    assert talk.handed_over.slots == {"town": "Lyon"}
    assert talk.under_way == []
