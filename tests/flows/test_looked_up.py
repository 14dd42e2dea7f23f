"""What an action looks up is none of the customer's to say; what is asked for comes before what was said."""

from __future__ import annotations

import pytest

from assistant.interpreting import Meaning, Meant, commands
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.looked_up import looked_up
from flows.run import Facts
from flows.state import CorrectSlot, SetSlot, StartFlow
from tests.flows.shop import flow
from tests.flows.talking import NOW, Talk

FIND = """\
key: find
name: {en: Find}
begins: false
slots:
  trip: {kind: code, pattern: '[A-Z]{3}\\d', ask: {en: Which trip?}}
  hours: {kind: number}
start: trip
nodes:
  - {id: trip, kind: ask, slot: trip, next: look}
  - {id: look, kind: act, action: find_trip, given: {trip: '{trip}'}, takes: {hours: hours}}
"""
CANCEL = """\
key: cancel
name: {en: Cancel a trip}
slots:
  trip: {kind: code, pattern: '[A-Z]{3}\\d'}
  hours: {kind: number}
  out: {kind: date, ask: {en: When did you want to leave?}}
  back: {kind: date, ask: {en: And when did you want to be back?}}
  way:
    kind: choice
    ask: {en: Which of them?}
    choices: [{value: north, label: {en: Boston to Miami}}, {value: south, label: {en: Dallas to Denver}}]
start: find
nodes:
  - {id: find, kind: call, flow: find, next: out}
  - {id: out, kind: ask, slot: out, next: back}
  - {id: back, kind: ask, slot: back, next: way}
  - {id: way, kind: ask, slot: way, next: rules}
  - id: rules
    kind: branch
    cases: [{when: {fact: slots.hours, op: at_most, value: 24}, next: yes_of_course}]
    next: not_any_more
  - {id: yes_of_course, kind: end, text: {en: It is cancelled.}}
  - {id: not_any_more, kind: end, text: {en: It is too late.}}
"""
LIBRARY = Shelf.of(flow(FIND), flow(CANCEL))
FACTS = Facts(NOW, "en")


@pytest.fixture
def talk() -> Talk:
    talk = Talk(LIBRARY)
    talk.hear(StartFlow("cancel"), SetSlot("trip", "ABC1"))
    talk.acted(data={"hours": 70})
    return talk


def test_slots_that_called_flows_look_up_count() -> None:
    assert looked_up(flow(CANCEL), LIBRARY) == {"hours"}


def test_flows_that_call_each_other_are_looked_at_once() -> None:
    first = flow(FIND.replace("next: look}", "next: again}\n  - {id: again, kind: call, flow: find}"))
    assert looked_up(first, Shelf.of(first)) == {"hours"}


def test_no_words_stand_for_what_was_looked_up(talk: Talk) -> None:
    heard = interpret(LIBRARY, talk.state, Words("I made it 10 hours ago"), FACTS).heard
    assert not [one for one in heard.commands if isinstance(one, SetSlot | CorrectSlot)]


def test_neither_does_a_model_say_it(talk: Talk) -> None:
    meaning = Meaning(commands=[Meant(command="correct_slot", slot="hours", value="10")])
    assert commands(meaning, LIBRARY, talk.state, FACTS, "it was 10 hours ago") == ()


def test_a_command_for_it_is_not_understood(talk: Talk) -> None:
    talk.hear(CorrectSlot("hours", 10))
    assert talk.state.frames[0].slots["hours"] == 70


def test_a_day_that_is_asked_for_corrects_no_other_day(talk: Talk) -> None:
    talk.hear(SetSlot("out", "2026-12-01"))
    heard = interpret(LIBRARY, talk.state, Words("the 23rd of May"), FACTS).heard
    assert [type(one) for one in heard.commands] == [SetSlot]
    assert heard.commands[0].slot == "back"


def test_an_answer_begins_another_flow_only_where_that_is_likely(talk: Talk) -> None:
    talk.hear(SetSlot("out", "2026-12-01"), SetSlot("back", "2026-12-03"))
    for likely, wanted in ((0.6, SetSlot), (0.95, StartFlow)):
        words = Words("Denver", begins="other", likely=likely)
        heard = interpret(LIBRARY, talk.state, words, FACTS).heard
        assert isinstance(heard.commands[0], wanted)


def test_two_words_that_only_one_choice_has_are_an_answer(talk: Talk) -> None:
    talk.hear(SetSlot("out", "2026-12-01"), SetSlot("back", "2026-12-03"))
    words = Words("Dallas - Denver", begins="other", likely=0.95)
    heard = interpret(LIBRARY, talk.state, words, FACTS).heard
    assert heard.commands == (SetSlot("way", "south"),)
