"""An answer may sound like a wish for a person: what a choice is called is that choice."""

from __future__ import annotations

import pytest

from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.state import SetSlot, StartFlow, WantPerson
from tests.flows.shop import flow
from tests.flows.talking import NOW, Talk

WHO = """\
key: who
name: {en: Change who comes}
slots:
  wish:
    kind: choice
    ask: {en: What shall be changed?}
    choices:
      - {value: name, label: {en: The name}}
      - {value: person, label: {en: Who comes}, synonyms: {en: [another person]}}
start: wish
nodes:
  - {id: wish, kind: ask, slot: wish, next: done}
  - {id: done, kind: end, text: {en: 'Noted: {wish}.'}}
"""
LIBRARY = Shelf.of(flow(WHO))


@pytest.mark.parametrize(
    ("text", "command"),
    [("Another person", SetSlot("wish", "person")), ("I want to talk to another person", WantPerson())],
)
def test_only_the_name_itself_is_the_choice(text: str, command: object) -> None:
    talk = Talk(LIBRARY)
    talk.hear(StartFlow("who"))
    heard = interpret(LIBRARY, talk.state, Words(text, wants_person=True), Facts(NOW, "en")).heard
    assert heard.commands == (command,)
