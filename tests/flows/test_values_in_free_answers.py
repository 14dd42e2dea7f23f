"""What is unmistakable in the middle of a free answer is kept as well."""

from __future__ import annotations

from flows.interpreting import Words, interpret
from flows.run import Facts
from flows.state import Heard, SetSlot, StartFlow
from tests.flows.shop import flow
from tests.flows.talking import NOW, Talk

CALL = flow("""\
key: call
name: {en: A call}
slots:
  name: {label: {en: Name}, ask: {en: Your name?}}
  why: {label: {en: Reason}, ask: {en: What is it about?}}
  email: {kind: email, label: {en: E-mail}, ask: {en: Your address?}}
  day: {kind: date, label: {en: Day}, ask: {en: Which day?}}
start: name
nodes:
  - {id: name, kind: ask, slot: name, next: why}
  - {id: why, kind: ask, slot: why, next: email}
  - {id: email, kind: ask, slot: email, next: day}
  - {id: day, kind: ask, slot: day}
""")


def heard(talk: Talk, words: str) -> tuple[object, ...]:
    found = interpret(talk.library, talk.state, Words(words), Facts(NOW, "en")).heard
    return (found or Heard(())).commands


def test_the_address_beside_a_name_is_kept() -> None:
    talk = Talk.over(CALL)
    talk.hear(StartFlow("call"))
    said = heard(talk, "My name is Bob Stone and my email is bob@example.org")
    assert said == (SetSlot("name", "Bob Stone"), SetSlot("email", "bob@example.org"))
    assert talk.hear(*said) == "What is it about?"


def test_a_day_in_a_free_answer_may_be_anything() -> None:
    talk = Talk.over(CALL)
    talk.hear(StartFlow("call"), SetSlot("name", "Bob"))
    said = heard(talk, "The lamp broke on Tuesday, write to bob@example.org")
    assert said == (
        SetSlot("why", "The lamp broke on Tuesday, write to bob@example.org"),
        SetSlot("email", "bob@example.org"),
    )
