"""Files that come with a customer's words fill the slots that wait for them, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from flows.awaiting import awaited
from flows.graph import Graph
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.sent_files import SentFile, why_not
from flows.slot import Slot
from flows.state import Heard, NotUnderstood, Rejected, SetSlot, StartFlow
from flows.yaml_form import from_yaml
from tests.flows.talking import NOW, Talk

CLAIM = from_yaml("""\
key: claim
name: {en: Something arrived broken, fr: Arrivé cassé}
slots:
  photo: {kind: file, accept: pictures, most: 2, ask: {en: "Please send a photo.", fr: "Envoyez une photo."}}
  order: {kind: code, pattern: '[A-Z]\\d{4}', ask: {en: "Which order?", fr: "Quelle commande ?"}}
  invoice: {kind: file, accept: documents, ask: {en: "And the invoice?", fr: "Et la facture ?"}}
start: photo
nodes:
  - {id: photo, kind: ask, slot: photo, next: order}
  - {id: order, kind: ask, slot: order, next: invoice}
  - {id: invoice, kind: ask, slot: invoice, next: done}
  - {id: done, kind: end, text: {en: "Thank you: {photo}, {order}, {invoice}", fr: Merci}}
""")
PHOTO = SentFile("1", "lamp.jpg", "picture", 900_000)
INVOICE = SentFile("2", "invoice.pdf", "document", 90_000)


class Sending(Talk):
    """What is written and sent goes through the interpreter, as without a model."""

    def send(self, text: str, *files: SentFile) -> str:
        read = interpret(self.library, self.state, Words(text, files=files), Facts(NOW, self.language))
        self.certain = read.certain
        return self._step(read.heard or Heard((NotUnderstood(),)))

    @property
    def slots(self) -> dict[str, Any]:
        return dict(self.state.frames[-1].slots)


@pytest.fixture
def talk() -> Sending:
    begun = Sending(Shelf.of(CLAIM))
    assert begun.hear(StartFlow("claim")) == "Please send a photo."
    return begun


def test_a_file_that_was_asked_for_fills_its_slot(talk: Sending) -> None:
    assert talk.send("", PHOTO) == "Which order?"
    assert talk.slots == {"photo": {"id": "1", "name": "lamp.jpg"}}
    assert talk.certain


def test_words_instead_of_a_file_are_told_what_to_do(talk: Sending) -> None:
    said = talk.send("it is all black")
    assert said.startswith("Please attach the file with the paper clip.")
    assert said.endswith("Please send a photo.")


def test_words_that_come_with_it_are_read_too(talk: Sending) -> None:
    assert talk.send("Here it is, for B1234", PHOTO) == "And the invoice?"
    assert talk.slots["order"] == "B1234"
    assert not talk.certain  # a model may know more


def test_several_files_find_their_slots(talk: Sending) -> None:
    assert talk.send("", INVOICE, PHOTO) == "Which order?"
    assert talk.send("B1234") == "Thank you: lamp.jpg, B1234, invoice.pdf"


def test_one_that_comes_early_is_not_asked_for_again(talk: Sending) -> None:
    talk.send("", PHOTO)
    assert talk.send("", INVOICE) == "Which order?"
    assert talk.send("B1234").startswith("Thank you")


def test_one_that_does_not_suit_is_refused_with_the_reason(talk: Sending) -> None:
    said = talk.send("", SentFile("3", "huge.jpg", "picture", 2_000_001))
    assert said.startswith("That file is too large here.")
    assert said.endswith("Please send a photo.")
    assert talk.send("", INVOICE) == "Please send a photo."  # it is for another slot
    assert talk.slots == {"invoice": INVOICE.value}
    assert talk.send("", INVOICE).startswith("That is not a picture.")


def test_one_that_nobody_waits_for_is_kept_for_staff_and_the_question_stays(talk: Sending) -> None:
    talk.send("", PHOTO)
    said = talk.send("", SentFile("5", "another.jpg", "picture"))
    assert said.startswith("I have kept your file")
    assert said.endswith("Which order?")
    assert talk.slots == {"photo": {"id": "1", "name": "lamp.jpg"}}


def test_who_gives_up_while_sending_gives_up(talk: Sending) -> None:
    talk.send("cancel", PHOTO)
    assert ("claim", "cancelled") in talk.over_with


def test_a_flow_that_begins_with_a_file_has_it() -> None:
    talk = Sending(Shelf.of(CLAIM))
    words = Words("it arrived broken", begins="claim", likely=1.0, files=(PHOTO,))
    heard = interpret(talk.library, talk.state, words, Facts(NOW)).heard
    assert heard == Heard((StartFlow("claim"), SetSlot("photo", PHOTO.value)))


def test_what_is_awaited_is_told_to_the_page(talk: Sending) -> None:
    assert awaited(talk.library, talk.state) == {"kind": "file", "accept": "pictures"}
    talk.send("", PHOTO)
    assert awaited(talk.library, talk.state) == {}


@pytest.mark.parametrize(
    ("slot", "file", "why"),
    [
        ({}, PHOTO, ""),
        ({}, INVOICE, ""),
        ({"accept": "documents"}, PHOTO, "document_wanted"),
        ({"most": 0.5}, PHOTO, "file_too_large"),
        ({"most": 1}, PHOTO, ""),
    ],
)
def test_what_a_slot_takes(slot: dict[str, Any], file: SentFile, why: str) -> None:
    assert why_not(Slot(kind="file", **slot), file) == why


def test_a_value_is_never_made_of_words() -> None:
    flow: Graph = CLAIM
    words = Words("photo: lamp.jpg id 1", begins="claim", likely=1.0)
    heard = interpret(Shelf.of(flow), Talk(Shelf.of(flow)).state, words, Facts(NOW)).heard
    assert heard == Heard((StartFlow("claim"),))
    assert not isinstance(heard.commands[0], Rejected)
