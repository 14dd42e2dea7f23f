"""An action that says no says why: the flow can say it, look at it, and offer what the refusal brought."""

from __future__ import annotations

from typing import Any

import pytest

from flows.known_actions import KnownAction, Parameter
from flows.problems import problems
from flows.state import ChooseOption, Confirm, SetSlot, StartFlow
from flows.yaml_form import from_yaml, to_yaml
from tests.flows.shop import flow
from tests.flows.talking import Talk

BOOK = """\
key: book
name: {en: Book, fr: Réserver}
description: {en: Books a time.}
examples: {en: [book]}
slots:
  time: {kind: moment, offered: times, ask: {en: Which time?}, label: {en: Time}}
  times: {}
  code: {}
start: look
nodes:
  - {id: look, kind: act, action: look, takes: {times: times}, next: time}
  - {id: time, kind: ask, slot: time, next: book}
  - id: book
    kind: act
    action: book
    given: {starts: '{time}'}
    takes: {code: code, times: failed.times}
    next: done
    failed: why
  - id: why
    kind: branch
    cases: [{when: {fact: action.error, op: is, value: taken}, next: taken}]
    next: sorry
  - {id: taken, kind: say, text: {en: '{action.message}'}, next: time}
  - {id: sorry, kind: end, text: {en: 'Sorry. {action.message}'}}
  - {id: done, kind: end, text: {en: 'Done: {code}'}}
"""
THREE, FOUR = ({"value": f"2026-12-01T{hour}:00", "label": f"at {hour}"} for hour in (15, 16))
KNOWN = {
    "look": KnownAction("look", brings=("times",)),
    "book": KnownAction("book", parameters=(Parameter("starts"),), brings=("code",), refuses=("times",)),
}


def chosen(**more: Any) -> Talk:
    talk = Talk.over(flow(BOOK), **more)
    talk.hear(StartFlow("book"))
    talk.acted(data={"times": [THREE]})
    talk.hear(SetSlot("time", THREE["value"]))
    assert talk.to_do and talk.to_do.given == {"starts": THREE["value"]}
    return talk


def test_a_time_that_is_taken_is_told_and_others_are_offered() -> None:
    talk = chosen()
    refused = {"error": "taken", "message": "It is gone [now].", "data": {"times": [FOUR]}}
    assert talk.acted(ok=False, **refused) == "It is gone \\[now\\].\nWhich time? [at 16]"
    talk.hear(SetSlot("time", FOUR["value"]))
    assert talk.to_do and talk.to_do.given == {"starts": FOUR["value"]}
    assert talk.acted(data={"code": "K7"}) == "Done: K7"


def test_a_refusal_leads_where_its_code_says() -> None:
    assert chosen().acted(ok=False, error="closed", message="We are closed.") == "Sorry. We are closed."


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Sorry. That did not work just now."), ("fr", "Sorry. Cela n’a pas fonctionné.")],
)
def test_a_failure_without_a_reason_leaves_no_hole(language: str, words: str) -> None:
    assert chosen(language=language).acted(ok=False, error="server_error") == words


def test_where_the_flow_says_nothing_the_reason_is_told_before_a_person_is_offered() -> None:
    talk = Talk.over(flow(BOOK, ("    failed: why\n", "")))
    talk.hear(StartFlow("book"))
    talk.acted(data={"times": [THREE]})
    talk.hear(SetSlot("time", THREE["value"]))
    told = talk.acted(ok=False, error="closed", message="We are closed.").splitlines()
    assert told[0] == "We are closed." and "[Yes] [No]" in told[1]


def test_what_was_refused_is_over_once_it_works() -> None:
    sample = flow(
        BOOK, ("text: {en: 'Done: {code}'}", "text: {en: 'Done: {code} {action.message}'}"), ("'{time}'", "x")
    )
    talk = Talk.over(sample)
    talk.hear(StartFlow("book"))
    talk.acted(data={"times": [THREE]})
    talk.hear(SetSlot("time", THREE["value"]))
    talk.acted(ok=False, error="taken", message="Gone.", data={"times": [FOUR]})
    talk.hear(SetSlot("time", FOUR["value"]))
    assert talk.acted(data={"code": "K7"}) == "Done: K7"


def test_a_message_that_is_too_long_and_data_of_another_form_do_no_harm() -> None:
    talk = chosen()
    assert len(talk.acted(ok=False, error="taken", message="x" * 5000, data=["no times"])) < 1100
    assert talk.state.top and talk.state.top.waiting in ("slot", "action")
    talk.hear(ChooseOption("nothing"), Confirm(True))


def test_it_is_written_and_read_and_no_problem() -> None:
    graph = flow(BOOK)
    assert from_yaml(to_yaml(graph)) == graph
    assert problems(graph, languages=["en"], actions=KNOWN) == []
